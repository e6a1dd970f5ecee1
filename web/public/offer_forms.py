"""What one can look for among offers; every answer lives in the address of the page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import AccessFeature, Activity
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.offers.search import Wanted
from web.fields import CHOOSE_FROM_LIST, TextField, TownField


class OfferFilter(forms.Form):
    use_required_attribute = False

    words = TextField(
        label=_("さがすことば"),
        max_length=100,
        required=False,
        help_text=_("例: 会議室、いす、送迎"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("さがしているもの"),
        choices=[("", _("すべて")), *Help.choices],
        required=False,
        error_messages=CHOOSE_FROM_LIST,
    )
    activity = forms.ModelChoiceField(
        Activity.objects.filter(parent=None),
        label=_("活動分野"),
        required=False,
        to_field_name="code",
        empty_label=_("すべて"),
        error_messages=CHOOSE_FROM_LIST,
    )
    town = TownField(label=_("使いたい町"), required=False, empty_label=_("えらばない"))
    when = forms.ChoiceField(
        label=_("いつごろ"),
        choices=[("", _("いつでも")), *When.choices],
        required=False,
        error_messages=CHOOSE_FROM_LIST,
    )
    access = forms.ModelMultipleChoiceField(
        AccessFeature.objects.filter(is_filter=True, is_about_place=True),
        label=_("使いやすさ"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_FROM_LIST,
    )

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            text=said["words"],
            kind=said["kind"],
            activity=said["activity"],
            town=said["town"],
            when=[said["when"]] if said["when"] else [],
            access=said["access"],
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the words and the kind is asked for: then the other questions are shown open."""
        return bool(self.errors) or any(self.data.get(name) for name in self.fields.keys() - {"words", "kind"})
