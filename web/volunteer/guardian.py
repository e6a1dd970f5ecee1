"""Asking a guardian: what is waited for, and asking again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models.consent import ConsentKind
from accounts.services import people
from accounts.services.errors import DomainError
from organisations.services.coordinating import desks
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.guardians import asking
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.texts import GUARDIAN_SCOPES, GUARDIAN_TEXT
from web.volunteer.guardian_forms import AskForm
from web.volunteer.people import no_profile, profile_of

_ABOUT_EMAIL = (people.EmailNotUsable, asking.OwnAddress)


@never_cache
@guarded(GET="account.see", POST="guardians.ask")
def ask(request: HttpRequest) -> HttpResponse:
    user = person(request)
    volunteer = profile_of(user)
    if volunteer is None:
        return no_profile(request)
    require(user, "guardians.ask", volunteer)
    form = AskForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        asking.ask(volunteer=volunteer, now=timezone.now(), actor=user, **form.cleaned_data)
        messages.success(request, _("保護者の方に、お願いのメールをお送りします。"))
        return reverse("volunteer:guardian")

    today = timezone.localdate()
    consent = user.consents.in_force(ConsentKind.GUARDIAN, today).first()
    context = {
        "is_adult": volunteer.age(today) >= ADULT_AGE,
        "consent": consent,
        "allowed": [GUARDIAN_SCOPES[code] for code in consent.scope] if consent else [],
        "asked": volunteer.guardian_requests.select_related("guardian").order_by("-asked_at").first(),
        "guardian_text": GUARDIAN_TEXT,
        "scopes": GUARDIAN_SCOPES.values(),
        "desks": desks.for_town(volunteer.town),
        "town": volunteer.town,
    }
    return act(request, "volunteer/guardian.html", form=form, deed=deed, context=context, field_of=_field_of)


def _field_of(refusal: DomainError) -> str | None:
    if isinstance(refusal, _ABOUT_EMAIL):
        return "email"
    return "name" if isinstance(refusal, asking.NameMissing | people.NameTooLong) else None
