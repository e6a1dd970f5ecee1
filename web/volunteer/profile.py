"""Who somebody is, what they like and when they are free: one page, kept as a whole or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.models.user import Language
from accounts.services import consents, people
from matching.services.listing import shortlists
from volunteers.models import Availability, Volunteer
from volunteers.models.availability import no_time
from volunteers.services.people import availability, profiles
from web.page import act
from web.permissions import guarded, require
from web.profile_form import EITHER, ProfileForm, as_written, field_of, read_seen_at
from web.signed_in import person
from web.texts import CONTACT_TEXT
from web.volunteer.language import speak
from web.volunteer.people import profile_of
from web.week import apply


@never_cache
@guarded(GET="account.see", POST="volunteers.create")
def edit(request: HttpRequest) -> HttpResponse:
    user = person(request)
    volunteer = profile_of(user)
    if volunteer is not None:
        require(user, "volunteers.see_own", volunteer)
    weekly = _weekly(volunteer)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial=_written(user, volunteer, weekly),
        weekly=weekly,
        travel_limit_km=volunteer.travel_limit_km if volunteer else None,
    )
    seen_at = request.POST.get("seen_at") or (volunteer.changed_at.isoformat() if volunteer else "")
    answer = act(
        request,
        "volunteer/profile.html",
        form=form,
        deed=lambda: _keep(request, user, volunteer, form),
        context={"volunteer": volunteer, "seen_at": seen_at},
        field_of=field_of,
    )
    return speak(answer, user) if answer.status_code == 302 else answer


def _written(user: User, volunteer: Volunteer | None, weekly: list[int]) -> dict[str, Any]:
    if volunteer is None:
        spoken = Language.of_page()
        return {"name": user.name, "language": spoken, "where": EITHER, "travel_limit_km": "1.8", "party_size": 1}
    agreed = consents.holds(user=user, kind=ConsentKind.CONTACT, on=timezone.localdate())
    return as_written(volunteer, weekly, agreed)


def _weekly(volunteer: Volunteer | None) -> list[int]:
    kept = Availability.objects.filter(volunteer=volunteer).first() if volunteer else None
    return list(kept.weekly) if kept else no_time()


def _keep(request: HttpRequest, user: User, volunteer: Volunteer | None, form: ProfileForm) -> str:
    now, answers = timezone.now(), form.cleaned_data
    if volunteer is None:
        volunteer = profiles.create(user=user, now=now, actor=user, **form.volunteer_fields())
    else:
        require(user, "volunteers.change_own", volunteer)
        profiles.change(
            volunteer=volunteer,
            now=now,
            actor=user,
            expected_changed_at=read_seen_at(request.POST.get("seen_at", "")),
            **form.volunteer_fields(),
        )
    availability.set_weekly(volunteer=volunteer, weekly=apply(answers["free"], form.weekly), now=now, actor=user)
    people.change(user=user, name=answers["name"], language=answers["language"], now=now)
    _keep_consent(user, is_given=answers["consent"], now=now)
    shortlists.refresh(volunteer=volunteer, now=now)
    messages.success(request, _("保存しました。ありがとうございます。"))
    return reverse("volunteer:suggestions")


def _keep_consent(user: User, *, is_given: bool, now: dt.datetime) -> None:
    """Only a change is written down: the words that were agreed to stay those that were shown then."""
    held = consents.holds(user=user, kind=ConsentKind.CONTACT, on=timezone.localdate(now))
    if is_given and not held:
        consents.give(user=user, kind=ConsentKind.CONTACT, text=str(CONTACT_TEXT), now=now)
    elif held and not is_given:
        consents.withdraw(user=user, kind=ConsentKind.CONTACT, now=now)
