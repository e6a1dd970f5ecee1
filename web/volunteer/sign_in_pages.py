"""The pages of django-allauth that this service offers, answering a mistake as every page here does: with 400."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from web.volunteer import start_finish, starting


class SaysWhatIsWrong:
    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 400
        return response


class Login(SaysWhatIsWrong, views.LoginView):  # type: ignore[misc]
    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponse | None:
        """Whoever began to sign up and hears by mail that they have an account can come here and sign in."""
        if stage.login.signup:
            clear_login(request)
            return None
        answer: HttpResponse | None = super()._redirect_to_pending_stage(request, stage)
        return answer


class LoginCode(SaysWhatIsWrong, views.ConfirmLoginCodeView):  # type: ignore[misc]
    pass


class Signup(SaysWhatIsWrong, views.SignupView):  # type: ignore[misc]
    pass


class EmailCode(SaysWhatIsWrong, views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Another address can be given without answering all questions again."""
        whole: dict[str, Any] = super().get_context_data(**context)
        if starting.answered(self.request.session, start_finish.LAST) is not None:
            whole["again_url"] = reverse("volunteer:start_account")
        return whole


class Email(SaysWhatIsWrong, views.EmailView):  # type: ignore[misc]
    pass
