"""Who waits for a place of a full slot, in their order, and the place that is held while it is offered.

Who waits comes before who joins, as long as there is time to ask them. The slot is always locked by the caller.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from notifications.models import Delivery
from notifications.services import quiet_hours
from organisations.models import Slot
from organisations.services.times import filling, slots
from volunteers.models import Volunteer, Waiting
from volunteers.services.telling import letters

# An offer stands this long, and never until the last hours: whoever comes then must still hear of it.
LONGEST = dt.timedelta(hours=24)
BEFORE_THE_START = dt.timedelta(hours=2)
# Shorter than this after it is heard, nobody could answer.
SHORTEST = dt.timedelta(hours=1)

WHOLE = ("volunteer__user", "volunteer__town", "slot__role__organisation", "slot__role__venue")


def offered_until(slot: Slot, now: dt.datetime) -> dt.datetime | None:
    """Return until when a place that is offered now would be held; None where too little time is left to ask."""
    until = min(now + LONGEST, slots.last_begin(slot) - BEFORE_THE_START)
    return until if until - quiet_hours.after(now) >= SHORTEST else None


def first(slot: Slot, now: dt.datetime) -> Waiting | None:
    """Return whose turn it is: the longest waiting whose whole party finds a place."""
    if slot.places_left < 1 or offered_until(slot, now) is None:
        return None
    fits = {"volunteer__user__is_active": True, "volunteer__party_size__lte": slot.places_left}
    return Waiting.objects.ahead_of(slot).filter(offered_at=None, **fits).select_related(*WHOLE).first()


def take_turn(person: Volunteer, slot: Slot, now: dt.datetime) -> bool:
    """Say whether *person* may take what is free in *slot*; their own waiting ends, and what was held for them is free.

    Notes
    -----
    The person is locked, and the caller's transaction is undone where they do not take it.
    """
    own = Waiting.objects.alive().filter(volunteer=person, slot=slot).first()
    turn = None if own is not None and own.held else first(slot, now)
    if own is not None:
        end(own, slot, now)
    return turn is None or turn == own


def end(waiting: Waiting, slot: Slot, now: dt.datetime) -> None:
    """End one's waiting; the place that was held is free again, in the row and in *slot*."""
    held, waiting.held, waiting.ended_at = waiting.held, 0, now
    waiting.save(update_fields=["held", "ended_at"])
    if held:
        filling.give_back(slot=slot, places=held, now=now)
        slot.taken -= held


def send_home(slot: Slot, now: dt.datetime) -> int:
    """End everybody's waiting and tell them; says how many that were."""
    waiting = list(Waiting.objects.ahead_of(slot).select_related(*WHOLE))
    for one in waiting:
        end(one, slot, now)
        letters.write(OVER, [one.volunteer.user], one, now, path="/roles/")
    return len(waiting)


OVER = letters.Kind(
    "waiting_over",
    _("空き待ちは終わりになりました:%(role)s"),
    _(
        "お待ちいただきましたが、この日時に参加できなくなりました。中止になったか、受付が終わったか、"
        "条件が変わりました。ほかの日時や、ほかの募集もご覧ください。"
    ),
    letters.is_ahead,
    Delivery.AT_LEAST_ONCE,
)
