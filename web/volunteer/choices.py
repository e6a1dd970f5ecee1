"""What somebody wants to hear: by which way, how often, how much."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.errors import DomainError
from notifications.services import preferences
from web.page import act
from web.permissions import guarded
from web.signed_in import person
from web.volunteer.forms import ChoicesForm


@never_cache
@guarded(GET="account.choose_notices", POST="account.choose_notices")
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = ChoicesForm(request.POST if request.method == "POST" else None, chosen=preferences.of(user))

    def deed() -> str:
        preferences.change(user=user, now=timezone.now(), actor=user, **form.cleaned_data)
        messages.success(request, _("保存しました。ありがとうございます。"))
        return reverse("volunteer:choices")

    return act(request, "volunteer/choices.html", form=form, deed=deed, field_of=_field_of)


def _field_of(refusal: DomainError) -> str | None:
    return "channel" if isinstance(refusal, preferences.NoEmailAddress) else None
