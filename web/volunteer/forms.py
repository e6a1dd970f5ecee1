"""What volunteers write: an answer, a word with a sign-up, and what they choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matching.models import Answer, WhyNot
from notifications.models import Channel, Preference
from notifications.models.preference import Frequency
from web.fields import CHOOSE_FROM_LIST, TextField

SUGGESTIONS_A_MONTH = (3, 6, 12, 24)


class ReasonForm(forms.Form):
    """What one may say along with a no."""

    why = forms.ChoiceField(
        label=_("今回やめる理由(えらばなくても大丈夫です)"),
        choices=WhyNot,
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    reason = TextField(
        label=_("ひとこと(書かなくても大丈夫です)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SeenForm(forms.Form):
    """How often a time had been moved when somebody read it, whose yes this is."""

    seen = forms.IntegerField(required=False)


class AnswerForm(ReasonForm):
    answer = forms.ChoiceField(choices=Answer, error_messages=CHOOSE_FROM_LIST)


class JoinForm(forms.Form):
    note = TextField(
        label=_("団体へのひとこと(書かなくても大丈夫です)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("読みました。登録を消してください"),
        error_messages={"required": _("退会するときは、ここに印をつけてください。")},
    )


def _phone(**how: Any) -> TextField:
    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    return TextField(label=_("電話番号"), max_length=30, widget=widget, **how)


class PhoneForm(forms.Form):
    """The number by which somebody who asked for a call is reached."""

    phone = _phone(help_text=_("窓口のコーディネーターからお電話します。団体には伝わりません。"))


class ChoicesForm(forms.Form):
    """How notices come; a number of suggestions chosen elsewhere stays to be kept."""

    channel = forms.ChoiceField(
        label=_("受け取る方法"),
        choices=Channel,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    phone = _phone(
        required=False,
        help_text=_("電話をえらぶ方だけ。窓口のコーディネーターからお電話します。団体には伝わりません。"),
    )
    digest = forms.ChoiceField(
        label=_("おすすめが届く回数"), choices=Frequency, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    asks_per_month = forms.TypedChoiceField(
        label=_("ひと月に受け取るおすすめの数"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )

    def __init__(self, answers: QueryDict | None, *, chosen: Preference, phone: str) -> None:
        initial = model_to_dict(chosen, fields=["channel", "digest", "asks_per_month"])
        super().__init__(answers, initial=initial | {"phone": phone})
        numbers = sorted({*SUGGESTIONS_A_MONTH, chosen.asks_per_month})
        asks = self.fields["asks_per_month"]
        assert isinstance(asks, forms.ChoiceField)  # noqa: S101
        asks.choices = [(each, gettext("%(count)d件まで") % {"count": each}) for each in numbers]
