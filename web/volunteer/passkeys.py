"""Signing in by a passkey: the phone or the computer knows the person."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "うまく確かめられませんでした。もう一度お試しになるか、メールの番号でサインインしてください。"
        )
    }

    def is_mfa_enabled(self, user: User, types: Any = None) -> bool:
        """No: whoever has lost their passkey still signs in by the code alone."""
        return False

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Return what a device is called where its owner writes no name."""
        before = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("%(number)dつ目の機器") % {"number": before + 1}
