from __future__ import annotations

from notifications.models import Channel, Notification
from notifications.models.notification import Status
from tests.factories import (
    NOW,
    ApplicationFactory,
    AttendanceFactory,
    PasskeyFactory,
    PlacementFactory,
    PledgeFactory,
    SlotFactory,
    ThanksFactory,
    WaitingFactory,
    at,
)
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side
from volunteers.models import AvailabilityException
from volunteers.services.attendance import recording
from volunteers.services.calendar import calendar_feed

OBJECTS: dict[str, Which] = {
    "mfa_remove_webauthn": lambda side: by_pk(PasskeyFactory(user=side.account)),
    "volunteer:answer": lambda side: by_pk(side.taking.suggestion),
    "volunteer:answered": lambda side: by_pk(side.taking.suggestion),
    "volunteer:undo": lambda side: by_pk(side.taking.suggestion),
    "volunteer:why_not": lambda side: by_pk(side.open.role),
    "volunteer:join": lambda side: by_pk(side.open.slot),
    "volunteer:wait": lambda side: by_pk(side.taking.waiting.slot),
    "volunteer:accept_waiting": lambda side: by_pk(side.taking.waiting),
    "volunteer:leave_waiting": lambda side: by_pk(side.taking.waiting),
    "volunteer:cancel": lambda side: by_pk(side.taking.placement),
    "volunteer:withdraw": lambda side: by_pk(side.taking.application),
    "volunteer:read": lambda side: by_pk(side.notice),
    "volunteer:attend": lambda side: Target({"code": recording.code(side.open.placed_slot)}),
    "volunteer:feed_file": lambda side: Target(
        {"token": calendar_feed.begin(volunteer=side.taking.volunteer, now=NOW)}
    ),
    "volunteer:link": lambda side: Target({"token": side.link}),
}


def more_places(side: Side, count: int) -> None:
    for day in range(count):
        PlacementFactory(volunteer=side.taking.volunteer, slot=SlotFactory(starts_at=at(8 + day, 9)))
        ApplicationFactory(volunteer=side.taking.volunteer, slot=SlotFactory(starts_at=at(8 + day, 14)))
        PlacementFactory(volunteer=side.taking.volunteer, slot=SlotFactory(starts_at=at(-8 - day, 9)))
        PledgeFactory(volunteer=side.taking.volunteer)
        WaitingFactory(
            volunteer=side.taking.volunteer, slot=SlotFactory(starts_at=at(8 + day, 18), capacity=1, taken=1)
        )


def more_attended(side: Side, count: int) -> None:
    for day in range(count):
        slot = SlotFactory(starts_at=at(-1 - day, 9))
        row = AttendanceFactory(placement__volunteer=side.taking.volunteer, placement__slot=slot)
        ThanksFactory(placement=row.placement)


def more_notices(side: Side, count: int) -> None:
    Notification.objects.bulk_create(
        Notification(
            user=side.account,
            channel=Channel.INBOX,
            kind="placement_confirmed",
            dedupe_key=f"more:{number}",
            title="お知らせ",
            body="参加が決まりました。",
            status=Status.SENT,
            created_at=NOW,
            due_at=NOW,
            sent_at=NOW,
        )
        for number in range(count)
    )


def more_days(side: Side, count: int) -> None:
    AvailabilityException.objects.bulk_create(
        AvailabilityException(volunteer=side.taking.volunteer, on=at(20 + day, 9).date(), free=0)
        for day in range(count)
    )


def more_roles(_side: Side, count: int) -> None:
    SlotFactory.create_batch(count)


LISTS: dict[str, tuple[str, Grow]] = {
    "volunteer:suggestions": ("volunteer", more_roles),
    "volunteer:days": ("volunteer", more_days),
    "volunteer:places": ("volunteer", more_places),
    "volunteer:record": ("volunteer", more_attended),
    "volunteer:calendar": ("volunteer", more_places),
    "volunteer:notices": ("volunteer", more_notices),
}
