"""Signing in by a code that comes by e-mail: no password to invent, forget or steal."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.core import context
from django.core.validators import EmailValidator, MaxLengthValidator
from django.forms import CharField, EmailInput, TextInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import Language
from web.volunteer import start_finish
from web.volunteer.language import speak

LONGEST_EMAIL = 254


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("このアカウントは、いま使えません。相談窓口にお問い合わせください。"),
        "incorrect_code": _("番号がちがいます。メールの6けたの数字を、もう一度確かめてください。"),
        "too_many_login_attempts": _(
            "番号が何度もちがっていたため、いったん止めました。5分ほど待って、最初からやりなおしてください。"
        ),
        "rate_limited": _("短い時間に何度も送られました。少し待ってから、もう一度お試しください。"),
        "duplicate_email": _("いまのメールアドレスと同じです。"),
        "email_taken": _("このメールアドレスは使えません。別のアドレスを入れてください。"),
        "same_as_current": _("いまのメールアドレスと同じです。"),
        "email_not_ascii": _("メールアドレスは、半角の英字と数字で入れてください。"),
    }

    def is_reauthentication_required(self, app: str) -> bool:
        """No: nobody has a password to ask for; whoever adds or removes a passkey gets a letter about it."""
        return False

    def new_user(self, request: HttpRequest) -> User:
        """Whoever signs up in English is written to in English."""
        return User(language=Language.of_page())

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Whoever answered the questions before they had an account becomes a volunteer with it."""
        usual = super().post_login(request, user, **how)
        goes_to = start_finish.after_code(request, user)
        return speak(usual if goes_to is None else HttpResponseRedirect(goes_to), user)

    def send_account_already_exists_mail(self, email: str) -> None:
        signs_in_at = context.request.build_absolute_uri(reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"login_url": signs_in_at})

    def clean_email(self, email: str) -> str:
        address: str = super().clean_email(email)
        if not address.isascii():
            raise self.validation_error("email_not_ascii")
        return address


def _ask_for_email(field: CharField) -> None:
    field.label = _("メールアドレス")
    field.widget = EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "aria-describedby": ""})
    field.error_messages["required"] = _("メールアドレスを入れてください。")
    field.validators.append(MaxLengthValidator(LONGEST_EMAIL, _("メールアドレスが長すぎます。")))
    for validator in field.validators:
        if isinstance(validator, EmailValidator):
            validator.message = _("メールアドレスの形を確かめてください(例: hana@example.jp)。")


class LoginForm(forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        _ask_for_email(self.fields["login"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Whoever was registered by somebody else has no address to confirm yet; this code then confirms it."""
        if self.user is not None:
            sync_user_email_address(self.user)
        response: HttpResponse = super().login(request, redirect_url)
        return response


class SignupForm(forms.SignupForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_email(self.fields["email"])


class NewEmailForm(forms.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_email(self.fields["email"])
        self.fields["email"].label = _("新しいメールアドレス")


class _CodeField(CharField):
    """Six digits, also typed on a Japanese keyboard, also with a space in the middle."""

    def to_python(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return "".join(letter for letter in typed if not letter.isspace() and letter not in "-ー−‐")


def _code_field() -> _CodeField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code", "autofocus": True}
    return _CodeField(
        label=_("メールでとどいた6けたの番号"),
        widget=TextInput(attrs=attributes),
        error_messages={"required": _("番号を入れてください。")},
    )


class LoginCodeForm(forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    code = _code_field()


class EmailCodeForm(forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    code = _code_field()
