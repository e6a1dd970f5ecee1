"""Until when somebody takes a break: on their own page, or told to a coordinator."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from volunteers.services.people import profiles
from web.fields import DayField


class PauseForm(forms.Form):
    """Whoever is back names no day."""

    until = DayField(label=_("お休みの終わりの日"))

    def __init__(self, answers: QueryDict | None) -> None:
        super().__init__(answers)
        self.is_back = answers is not None and "back" in answers
        self.fields["until"].required = not self.is_back

    def last_day(self) -> dt.date | None:
        """Return what was answered, None for who is back."""
        return None if self.is_back else self.cleaned_data["until"]


def pause_field_of(refusal: DomainError) -> str | None:
    return "until" if isinstance(refusal, profiles.PauseInPast) else None
