"""What a guardian is asked, and who is to be asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.people import LONGEST_EMAIL, LONGEST_NAME
from volunteers.services.guardians import LONGEST_RELATION
from web.fields import DayField, TextField
from web.texts import GUARDIAN_SCOPES

TAKE_PART = "take_part"


class AskForm(forms.Form):
    name = TextField(
        label=_("保護者の方のお名前"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relation = TextField(
        label=_("あなたから見て"),
        max_length=LONGEST_RELATION,
        help_text=_("母、父、祖母など"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = TextField(
        label=_("保護者の方のメールアドレス"),
        max_length=LONGEST_EMAIL,
        help_text=_("このお願いをお送りするためだけに使います"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )


class ConsentForm(forms.Form):
    """Taking part is what it is about; the rest is the guardian's choice."""

    scope = forms.MultipleChoiceField(
        label=_("ほかに認めること"),
        choices=[(code, sentence) for code, sentence in GUARDIAN_SCOPES.items() if code != TAKE_PART],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("一覧にないものが入っていました。もう一度えらんでください。")},
    )
    until = DayField(
        label=_("いつまで(なくてもかまいません)"),
        required=False,
        help_text=_("書かないときは1年間です。16歳、18歳の誕生日の前の日までで終わります"),
    )

    def scopes(self) -> list[str]:
        return [TAKE_PART, *self.cleaned_data["scope"]]
