"""The pages of django-allauth that this service offers, answering a mistake as every page here does: with 400."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.http import HttpResponse


class SaysWhatIsWrong:
    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 400
        return response


class Login(SaysWhatIsWrong, views.LoginView):  # type: ignore[misc]
    pass


class LoginCode(SaysWhatIsWrong, views.ConfirmLoginCodeView):  # type: ignore[misc]
    pass


class Signup(SaysWhatIsWrong, views.SignupView):  # type: ignore[misc]
    pass


class EmailCode(SaysWhatIsWrong, views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    pass


class Email(SaysWhatIsWrong, views.EmailView):  # type: ignore[misc]
    pass
