"""What volunteers write: an answer, and a word with a sign-up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import Answer
from web.fields import CHOOSE_FROM_LIST, TextField


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=Answer, error_messages=CHOOSE_FROM_LIST)
    reason = TextField(
        label=_("理由(書かなくても大丈夫です)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class JoinForm(forms.Form):
    note = TextField(
        label=_("団体へのひとこと(書かなくても大丈夫です)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
