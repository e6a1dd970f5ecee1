"""Ways to sign in: the passkeys of this person, one more, one less. django-allauth does the ceremony."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.services import sign_in_letters
from web.signed_in import person
from web.volunteer.sign_in_pages import SaysWhatIsWrong


class NewPasskeyForm(SignupWebAuthnForm):  # type: ignore[misc]
    """Always one that signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("この機器の呼び名")
        self.fields["name"].help_text = _("「わたしのスマホ」など、あとで見てわかる名前")
        self.fields["name"].max_length = 60


class Passkeys(SaysWhatIsWrong, views.AddWebAuthnView):  # type: ignore[misc]
    """All of them, and one more."""

    template_name = "volunteer/passkeys.html"
    form_class = NewPasskeyForm

    def get_form_class(self) -> type[NewPasskeyForm]:
        return NewPasskeyForm

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = person(self.request)
        options = auth.begin_registration(user, True)
        data = {"js_data": {"creation_options": options}, "passkeys": passkeys_of(self.request)}
        return {"form": self.get_form(), **context, **data}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        sign_in_letters.tell(sign_in_letters.ADDED, person(self.request), timezone.now())
        return answer

    def get_success_url(self) -> str:
        return reverse("mfa_list_webauthn")


class Remove(views.RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "volunteer/passkey_remove.html"

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        sign_in_letters.tell(sign_in_letters.REMOVED, person(self.request), timezone.now())
        return answer


class SignIn(views.LoginWebAuthnView):  # type: ignore[misc]
    """What the button of the sign-in page asks for and sends."""


def passkeys_of(request: HttpRequest) -> QuerySet[Authenticator]:
    own: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=person(request), type=Authenticator.Type.WEBAUTHN
    ).order_by("pk")
    return own
