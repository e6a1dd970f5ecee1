from __future__ import annotations

from django.utils import timezone

from matching.models import Suggestion
from matching.services import suggestions
from notifications.services import links
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from volunteers.models import Placement, Volunteer
from volunteers.sample import ward
from volunteers.services import placements


def _suggestion(kept: Kept) -> Suggestion:
    person = Volunteer.objects.select_related("user", "town").get(pk=kept.ward.volunteer_ids[ward.VOLUNTEER])
    return suggestions.show(volunteer=person, now=timezone.now())[0].suggestion


def _link(action: str, kept: Kept) -> str:
    found = _suggestion(kept)
    token = links.issue(user=found.volunteer.user, action=action, target_id=found.pk, now=timezone.now())
    return f"/l/{token}/"


def _place(kept: Kept) -> Placement:
    found = _suggestion(kept)
    person, slot = found.volunteer, found.slot
    mine = Placement.objects.active().filter(volunteer=person)
    return mine.first() or placements.place(volunteer=person, slot=slot, now=timezone.now(), actor=person.user)


def _step_back(kept: Kept) -> str:
    place = _place(kept)
    now = timezone.now()
    return f"/l/{links.issue(user=place.volunteer.user, action='step_back', target_id=place.pk, now=now)}/"


PAGES: dict[str, list[Look]] = {
    "volunteer:landing": [Look("english", "/my/")],
    "volunteer:suggestions": [Look("volunteer", "/my/suggestions/", is_dark=True)],
    "volunteer:why_not": [Look("volunteer", lambda kept: f"/my/roles/{_suggestion(kept).role_id}/why-not/")],
    "volunteer:join": [Look("volunteer", lambda kept: f"/my/slots/{_suggestion(kept).slot_id}/join/")],
    "volunteer:profile": [Look("volunteer", "/my/profile/", is_dark=True)],
    "volunteer:pause": [Look("volunteer", "/my/pause/")],
    "volunteer:choices": [Look("volunteer", "/my/notices/choices/")],
    "volunteer:notices": [Look("volunteer", "/my/notices/")],
    "volunteer:places": [Look("volunteer", "/my/places/")],
    "volunteer:cancel": [Look("volunteer", lambda kept: f"/my/places/{_place(kept).pk}/cancel/")],
    "volunteer:link": [
        Look("", "/l/unknown/"),
        Look("", lambda kept: _link("accept", kept)),
        Look("", lambda kept: _link("unsubscribe", kept)),
        Look("", _step_back),
    ],
    "account_email": [Look("volunteer", "/accounts/email/")],
    "account_logout": [Look("volunteer", "/accounts/logout/")],
}
# Ways to another page, the page after an answer (walked as a person goes), and a code that only a mail holds.
NOT_PAGES = {
    "volunteer:answer",
    "volunteer:answered",
    "volunteer:undo",
    "volunteer:read",
    "volunteer:withdraw",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_email_verification_sent",
}
