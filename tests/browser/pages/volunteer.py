from __future__ import annotations

import datetime as dt

from django.utils import timezone

from matching.models import Suggestion
from matching.services.answering import suggestions
from notifications.services import links
from organisations.models import Slot
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from tests.factories import (
    ApplicationFactory,
    AttendanceFactory,
    PasskeyFactory,
    PlacementFactory,
    SlotFactory,
    ThanksFactory,
    WaitingFactory,
)
from volunteers.models import Placement, Volunteer, Waiting
from volunteers.sample import ward
from volunteers.services.attendance import recording
from volunteers.services.calendar import calendar_feed
from volunteers.services.guardians import asking
from volunteers.services.people import availability
from volunteers.services.people.availability import bits
from volunteers.services.taking_part import placements
from volunteers.services.telling import reminders
from volunteers.services.waiting_lists import passing_on, waiting


def _suggestion(kept: Kept) -> Suggestion:
    person = Volunteer.objects.select_related("user", "town").get(pk=kept.ward.volunteer_ids[ward.VOLUNTEER])
    return suggestions.show(volunteer=person, now=timezone.now())[0].suggestion


def _link(action: str, kept: Kept) -> str:
    found = _suggestion(kept)
    token = links.issue(user=found.volunteer.user, action=action, target_id=found.pk, now=timezone.now())
    return f"/l/{token}/"


def _place(kept: Kept) -> Placement:
    """One of theirs that is ahead."""
    found, now = _suggestion(kept), timezone.now()
    person = found.volunteer
    there = Placement.objects.active().filter(volunteer=person, slot=found.slot).first()
    return there or placements.place(volunteer=person, slot=found.slot, now=now, actor=person.user)


def _cancel(kept: Kept) -> str:
    return f"/my/places/{_place(kept).pk}/cancel/"


def _person(kept: Kept) -> Volunteer:
    return Volunteer.objects.select_related("user", "town").get(pk=kept.ward.volunteer_ids[ward.VOLUNTEER])


def _attend(kept: Kept) -> str:
    begins = timezone.now()
    placement = PlacementFactory(volunteer=_person(kept), slot=SlotFactory(starts_at=begins))
    return f"/attend/{recording.code(placement.slot)}/"


def _calendar(kept: Kept) -> str:
    """One of each, and one for many days."""
    person, day = _person(kept), timezone.now() + dt.timedelta(days=1)
    PlacementFactory(volunteer=person, slot=SlotFactory(starts_at=day))
    ApplicationFactory(volunteer=person, slot=SlotFactory(starts_at=day + dt.timedelta(hours=5)))
    WaitingFactory(volunteer=person, slot=SlotFactory(starts_at=day + dt.timedelta(hours=2)))
    window = SlotFactory(starts_at=day, ends_at=day + dt.timedelta(days=5), minutes=20)
    PlacementFactory(volunteer=person, slot=window)
    return f"/my/calendar/?month={timezone.localdate(day):%Y-%m}"


def _feed(kept: Kept) -> str:
    calendar_feed.begin(volunteer=_person(kept), now=timezone.now())
    return "/my/calendar/feed/"


def _record(kept: Kept) -> str:
    """One time of each kind, and thanks for one."""
    for days, came in ((2, True), (3, True), (4, False), (400, True)):
        slot = SlotFactory(starts_at=timezone.now() - dt.timedelta(days=days))
        row = AttendanceFactory(
            placement=PlacementFactory(volunteer=_person(kept), slot=slot), came=came, minutes=90 * came
        )
        if days == 2:
            ThanksFactory(placement=row.placement)
    PlacementFactory(volunteer=_person(kept), slot=SlotFactory(starts_at=timezone.now() - dt.timedelta(days=5)))
    return "/my/record/"


def _cannot_come_link(kept: Kept) -> str:
    place, now = _place(kept), timezone.now()
    token = links.issue(user=place.volunteer.user, action=reminders.CANNOT_COME, target_id=place.pk, now=now)
    return f"/l/{token}/"


def _waiting(kept: Kept) -> Waiting:
    """Somebody waits for a place, which is held for them by now."""
    now = timezone.now()
    day = now + dt.timedelta(days=20 + Waiting.objects.count())
    slot = SlotFactory(starts_at=day, capacity=1, taken=1)
    row = waiting.join_queue(volunteer=_person(kept), slot=slot, now=now, actor=None)
    Slot.objects.filter(pk=slot.pk).update(taken=0)
    passing_on.pass_on(now=now)
    return row


def _waiting_link(kept: Kept) -> str:
    row = _waiting(kept)
    token = links.issue(user=row.volunteer.user, action=passing_on.ANSWER, target_id=row.pk, now=timezone.now())
    return f"/l/{token}/"


def _guardian_link(kept: Kept) -> str:
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "junior")
    junior = Volunteer.objects.select_related("user").get(user__email=email)
    now = timezone.now()
    asked = asking.ask(
        volunteer=junior, name="母", email="mother@yaritai.example", relation="母", now=now, actor=junior.user
    )
    token = links.issue(user=asked.guardian, action="guardian", target_id=asked.pk, now=now)
    return f"/l/{token}/"


def _days(kept: Kept) -> str:
    """One day without any time, one with some."""
    for days, free in ((3, 0), (12, bits(540, 720))):
        on = timezone.localdate() + dt.timedelta(days=days)
        availability.set_day(volunteer=_person(kept), on=on, free=free, now=timezone.now(), actor=None)
    return "/my/profile/days/"


def _passkey(kept: Kept) -> str:
    key = PasskeyFactory(user=_person(kept).user)
    return f"/accounts/passkeys/{key.pk}/remove/"


PAGES: dict[str, list[Look]] = {
    "volunteer:start_what": [Look("", "/start/what/", is_dark=True)],
    "volunteer:start_when": [Look("", "/start/when/")],
    "volunteer:start_where": [Look("", "/start/where/")],
    "volunteer:own_data": [Look("volunteer", "/my/data/")],
    "volunteer:close": [Look("volunteer", "/my/close/", is_dark=True), Look("coordinator", "/my/close/")],
    "volunteer:goodbye": [Look("", "/goodbye/")],
    "volunteer:landing": [Look("english", "/my/")],
    "volunteer:suggestions": [Look("volunteer", "/my/suggestions/", is_dark=True)],
    "volunteer:why_not": [Look("volunteer", lambda kept: f"/my/roles/{_suggestion(kept).role_id}/why-not/")],
    "volunteer:join": [Look("volunteer", lambda kept: f"/my/slots/{_suggestion(kept).slot_id}/join/")],
    "volunteer:wait": [Look("volunteer", lambda kept: f"/my/slots/{_suggestion(kept).slot_id}/wait/")],
    "volunteer:accept_waiting": [Look("volunteer", lambda kept: f"/my/waiting/{_waiting(kept).pk}/accept/")],
    "volunteer:leave_waiting": [Look("volunteer", lambda kept: f"/my/waiting/{_waiting(kept).pk}/leave/")],
    "volunteer:profile": [Look("volunteer", "/my/profile/", is_dark=True)],
    "volunteer:days": [Look("volunteer", "/my/profile/days/"), Look("volunteer", _days, is_dark=True)],
    "volunteer:guardian": [Look("junior", "/my/guardian/", is_dark=True), Look("volunteer", "/my/guardian/")],
    "volunteer:pause": [Look("volunteer", "/my/pause/")],
    "volunteer:choices": [Look("volunteer", "/my/notices/choices/")],
    "volunteer:notices": [Look("volunteer", "/my/notices/")],
    "volunteer:places": [Look("volunteer", "/my/places/")],
    "volunteer:attend": [Look("volunteer", _attend)],
    "volunteer:record": [Look("volunteer", "/my/record/"), Look("volunteer", _record, is_dark=True)],
    "volunteer:calendar": [
        Look("volunteer", "/my/calendar/?month=2040-01"),
        Look("volunteer", _calendar, is_dark=True),
    ],
    "volunteer:feed": [Look("volunteer", "/my/calendar/feed/"), Look("volunteer", _feed)],
    "volunteer:cancel": [Look("volunteer", _cancel)],
    "volunteer:link": [
        Look("", "/l/unknown/"),
        Look("", lambda kept: _link("accept", kept)),
        Look("", lambda kept: _link("decline", kept)),
        Look("", _waiting_link),
        Look("", _cannot_come_link),
        Look("", lambda kept: _link("unsubscribe", kept)),
        Look("", _guardian_link, is_dark=True),
    ],
    "mfa_list_webauthn": [Look("volunteer", "/accounts/passkeys/", is_dark=True)],
    "mfa_remove_webauthn": [Look("volunteer", _passkey)],
    "account_email": [Look("volunteer", "/accounts/email/")],
    "account_logout": [Look("volunteer", "/accounts/logout/")],
}
# Ways to another page, pages after an answer (walked as a person goes), and a code that only a mail holds.
NOT_PAGES = {
    "volunteer:feed_file",
    "mfa_login_webauthn",
    "volunteer:start",
    "volunteer:start_account",
    "volunteer:answer",
    "volunteer:answered",
    "volunteer:undo",
    "volunteer:read",
    "volunteer:withdraw",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_email_verification_sent",
}
