"""What a guardian agrees to, by a link of their own or on paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.fields import DayField
from web.texts import GUARDIAN_SCOPES, GUARDIAN_TEXT

TAKE_PART = "take_part"


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

    def text(self) -> str:
        """The words that were shown, with what was ticked."""
        return "\n".join([str(GUARDIAN_TEXT), *(f"- {GUARDIAN_SCOPES[code]}" for code in self.scopes())])
