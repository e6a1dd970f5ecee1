"""The questions of somebody new, a few at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.consent import ConsentKind
from accounts.services.errors import DomainError
from organisations.models import Town
from volunteers.models.availability import no_time
from volunteers.services.people import profiles
from web.profile_form import AboutForm, WhatForm, WhenForm, WhereForm
from web.texts import CONTACT_TEXT, TERMS, TERMS_TEXT


class FirstWhatForm(WhatForm):
    """What is avoided and what one is good at can be said later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["avoids"], self.fields["skills"]


class FirstWhenForm(WhenForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, weekly=no_time(), **kwargs)


class FirstWhereForm(WhereForm):
    """Whoever brings others can say so later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["party_size"]

    def clean_town(self) -> Town:
        town: Town = self.cleaned_data["town"]
        try:
            profiles.check_has_point(town)
        except DomainError as refusal:
            raise ValidationError(str(refusal), refusal.code) from refusal
        return town


class AgreeForm(AboutForm):
    terms = forms.BooleanField(
        label=TERMS_TEXT, error_messages={"required": _("「利用のきまり」を読んで、印をつけてください。")}
    )
    contact = forms.BooleanField(label=CONTACT_TEXT, required=False)

    def clean_born_on(self) -> dt.date:
        born_on: dt.date = self.cleaned_data["born_on"]
        try:
            profiles.check_birthday(born_on, timezone.localdate())
        except DomainError as refusal:
            raise ValidationError(str(refusal), refusal.code) from refusal
        return born_on

    def consents_given(self) -> dict[str, str]:
        """The words that were shown, of what was agreed to, by kind."""
        given = {ConsentKind.TERMS.value: "\n".join(str(sentence) for sentence in (*TERMS, TERMS_TEXT))}
        if self.cleaned_data["contact"]:
            given[ConsentKind.CONTACT.value] = str(CONTACT_TEXT)
        return given
