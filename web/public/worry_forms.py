"""The three questions of a worry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organisations.models.worry import Reach
from organisations.services.worries import handling
from web.fields import CHOOSE_FROM_LIST, TextField, TownField
from web.texts import WORRY_TEXT

OTHER = "other"


class WordsForm(forms.Form):
    """``about`` is "other" where somebody is worried about somebody else."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)
    words = TextField(
        label=_("困っていること"),
        max_length=handling.LONGEST_WORDS,
        help_text=_("短くてかまいません。例: 重いごみを、集積所まで運べません。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, is_about_other: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_about_other:
            asked = self.fields["words"]
            asked.label = _("気になっていること、あなたがしてほしいこと")
            asked.help_text = _("例: 近くに心配な方がいます。どう声をかけたらよいか、相談したいです。")


class WhereForm(forms.Form):
    town = TownField(label=_("あなたの町"), empty_label=_("えらんでください"))


class ReachForm(forms.Form):
    """``consent_text`` is the text as it was shown: nothing else can have been agreed to."""

    reach = forms.ChoiceField(
        label=_("連絡のしかた"), choices=Reach, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    contact = TextField(
        label=_("連絡先"),
        max_length=handling.LONGEST_CONTACT,
        required=False,
        help_text=_(
            "えらんだ方法に合わせて、電話番号、メールアドレス、LINEの名前、住所のどれかを書いてください。"
            "手紙のときは、下のお名前も書いてください。自分で窓口に行くときは、書かなくてもかまいません。"
        ),
    )
    name = TextField(
        label=_("お呼びするお名前(手紙のほかは、書かなくてもかまいません)"),
        max_length=handling.LONGEST_NAME,
        required=False,
    )
    consent = forms.BooleanField(
        label=WORRY_TEXT, error_messages={"required": _("お送りになるには、同意の印がいります。")}
    )
    consent_text = forms.CharField(widget=forms.HiddenInput)

    def clean_consent_text(self) -> str:
        shown: str = self.cleaned_data["consent_text"]
        if shown not in texts():
            raise forms.ValidationError(_("同意の文面が変わりました。もう一度読んで、印をつけてください。"))
        return shown


def texts() -> set[str]:
    """Return the words of consent in every language that they could have been shown in."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(str(WORRY_TEXT))
    return found
