"""What somebody wants to hear: by which way, how often, how much."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.services.errors import DomainError
from notifications.services import contact_points, preferences
from web.page import act
from web.permissions import guarded
from web.signed_in import person
from web.volunteer.forms import ChoicesForm


@never_cache
@guarded(GET="account.choose_notices", POST="account.choose_notices")
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    phone = contact_points.phone_of(user)
    form = ChoicesForm(request.POST if request.method == "POST" else None, chosen=preferences.of(user), phone=phone)

    def deed() -> str:
        now, answers = timezone.now(), {**form.cleaned_data}
        _keep_phone(user, phone, answers.pop("phone"), now)
        preferences.change(user=user, now=now, actor=user, **answers)
        messages.success(request, _("保存しました。ありがとうございます。"))
        return reverse("volunteer:choices")

    return act(request, "volunteer/choices.html", form=form, deed=deed, field_of=_field_of)


def _keep_phone(user: User, before: str, number: str, now: dt.datetime) -> None:
    if number:
        contact_points.set_phone(user=user, number=number, now=now, actor=user)
    elif before:
        contact_points.remove_phone(user=user, now=now, actor=user)


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, contact_points.BadPhone | preferences.NoPhoneNumber):
        return "phone"
    return "channel" if isinstance(refusal, preferences.NoEmailAddress) else None
