"""Whom the young ask."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.people import LONGEST_EMAIL, LONGEST_NAME
from volunteers.services.guardians.asking import LONGEST_RELATION
from web.fields import TextField


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
