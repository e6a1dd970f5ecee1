"""What somebody who would like to start something is asked: little, and nothing that must be known already."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Activity
from organisations.models.initiative import Step
from web.fields import TextField, TownField
from web.organisation.forms.fields import ActivityField


class InitiativeForm(forms.Form):
    title = TextField(
        label=_("どんなことをはじめたいですか"), max_length=80, help_text=_("例: 公園で朝の体操をはじめたい")
    )
    idea = TextField(
        label=_("思っていること"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("まとまっていなくて大丈夫です。きっかけや、気になっていることを書いてください。"),
    )
    town = TownField(
        label=_("どのあたりで"), empty_label=_("えらんでください"), help_text=_("この町を受け持つ窓口にとどきます。")
    )
    activity = ActivityField(label=_("近い分野があれば"), required=False, empty_label=_("まだわかりません"))

    @property
    def activities(self) -> list[Activity]:
        chosen = self.cleaned_data["activity"]
        return [] if chosen is None else [chosen]


class StepsForm(forms.Form):
    steps = forms.MultipleChoiceField(
        label=_("考えたことに、印をつけてください"),
        choices=Step,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("一覧からえらんでください。")},
    )
