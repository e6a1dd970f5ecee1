"""Registering somebody who came to the desk or telephoned."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from matching.services.listing import shortlists
from volunteers.models.availability import no_time
from volunteers.services.coordinating import at_the_desk
from web.console.people_forms import RegisterForm, register_field_of
from web.page import act
from web.permissions import guarded, require
from web.profile_form import EITHER
from web.signed_in import person
from web.texts import CONTACT_TEXT, TERMS, TERMS_HEARD_TEXT
from web.week import apply


@never_cache
@guarded(GET="people.register", POST="people.register")
def show(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = RegisterForm(
        request.POST if request.method == "POST" else None,
        initial={"where": EITHER, "travel_limit_km": "1.8", "party_size": 1},
        weekly=no_time(),
        coordinator=user,
    )

    def deed() -> str:
        answers, now = form.cleaned_data, timezone.now()
        require(user, "people.register", answers["town"])
        volunteer = at_the_desk.register(
            name=answers["name"],
            phone=answers["phone"],
            email=answers["email"],
            by_phone=answers["by_phone"],
            weekly=apply(answers["free"], no_time()),
            answers=form.volunteer_fields(),
            texts_read=form.texts_read(),
            now=now,
            actor=user,
        )
        shortlists.refresh(volunteer=volunteer, now=now)
        messages.success(request, _("登録しました。"))
        return reverse("console:person", args=[volunteer.pk])

    read_aloud = {"terms": TERMS, "terms_text": TERMS_HEARD_TEXT, "contact_text": CONTACT_TEXT}
    return act(request, "console/register.html", form=form, deed=deed, context=read_aloud, field_of=register_field_of)
