"""Somebody cannot come after all, and nobody waits: a few people who could are asked whether they would.

Asked are those whose turn it is: within what they want to hear in a month, and the least recently asked first.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import override

from accounts.models import User
from accounts.models.user import Language
from matching import dataset, messages
from matching.dataset import Dataset, asked, near
from matching.dataset.asked import LEAD, Asked
from matching.dataset.rows import positions
from matching.dataset.scope import Who
from matching.engine.fast import FastEngine
from matching.engine.scoring import FLOOR
from matching.explanations import Shown
from matching.models import Run, Suggestion
from matching.services.asking import digests
from matching.services.choosing.picks import explain_all, lately
from matching.services.listing import lists, weights
from matching.services.running import runs
from matching.services.sharing import due
from notifications.message import Message
from notifications.models import Channel
from notifications.services import outbox, preferences
from notifications.services.outbox import Letter
from organisations.models import Role, Slot
from volunteers.models import Placement, Volunteer, Waiting
from volunteers.services.conditions import COORDINATOR_UNDER

# Nearer nobody could get there; further ahead the next suggestions find somebody.
AT_LEAST, AT_MOST = dt.timedelta(hours=2), dt.timedelta(days=7)
# So many are asked for each place.
ASKED_PER_PLACE = 3


def is_sought(*, slot: Slot, now: dt.datetime) -> bool:
    """Say whether somebody else is looked for where a place of *slot* is given back at *now*."""
    return slot.starts_at <= now + AT_MOST and Slot.objects.free(now + AT_LEAST).filter(pk=slot.pk).exists()


def seek(*, now: dt.datetime) -> int:
    """Ask for each place that was given back, once; says how many people are asked."""
    return sum(_seek(slot, now) for slot in _given_back(now))


def _given_back(now: dt.datetime) -> QuerySet[Slot]:
    ahead = Slot.objects.free(now + AT_LEAST).filter(starts_at__lte=now + AT_MOST, role__in=Role.objects.open())
    left = ahead.filter(placements__in=_unsought()).exclude(waiting__in=Waiting.objects.alive())
    return left.distinct().order_by("starts_at", "pk")


def _unsought() -> QuerySet[Placement]:
    return Placement.objects.filter(cancelled_at__isnull=False, stand_in_sought_at=None)


@transaction.atomic
def _seek(slot: Slot, now: dt.datetime) -> int:
    run = runs.latest()
    if run is None:
        return 0
    # Who comes second waits here, and finds nothing left to seek.
    given_back = _unsought().filter(slot=slot).select_for_update(no_key=True)
    places = sum(placement.places for placement in given_back.order_by("pk"))
    _unsought().filter(slot=slot).update(stand_in_sought_at=now)
    count = ASKED_PER_PLACE * min(places, slot.places_left)
    picked = _whom(slot, run, now)[:count] if count else []
    return _ask(picked, now)


def _whom(slot: Slot, run: Run, now: dt.datetime) -> list[Suggestion]:
    """Return who could come to this very slot and may be asked now, as suggestions, whose turn it is first."""
    # The engine leaves out what begins within its lead: here there is less time, and everybody is told so.
    side = _only(asked.read(now - (LEAD - AT_LEAST)), slot)
    row = positions(side.role_ids, np.array([slot.role_id]))
    if row[0] < 0:
        return []
    ids, _edges = near.people(side.roles.lat[row], side.roles.lng[row], side.roles.is_online[row])
    turn = due.read(now=now, who=Who(ids=ids.tolist()))
    may = turn.asks_left > 0
    last_asked = dict(zip(turn.id[may].tolist(), turn.last_asked[may].tolist(), strict=True))
    could = sorted(last_asked.keys() - _shut_out(slot, list(last_asked), now))
    data = dataset.load(now=now, volunteer_ids=could, side=side)
    found = _drafts(data, int(row[0]), slot, run, now)
    return sorted(found, key=lambda draft: (last_asked[draft.volunteer_id], draft.volunteer_id))


def _only(side: Asked, slot: Slot) -> Asked:
    """Return the same roles, with no way to do any slot but this one."""
    slots = side.slots
    is_it = slots.choice_slot == positions(side.slot_ids, np.array([slot.pk]))[0]
    ways = {name: getattr(slots, name)[is_it] for name in ("choice_slot", "choice_day", "choice_mask")}
    return replace(side, slots=replace(slots, **ways))


def _shut_out(slot: Slot, ids: Sequence[int], now: dt.datetime) -> set[int]:
    """Return who gave a place of the slot back, was asked lately, or has the role before them already."""
    there = Placement.objects.filter(slot=slot).values_list("volunteer_id", flat=True)
    alive = Suggestion.objects.alive().filter(role=slot.role_id).values_list("volunteer_id", flat=True)
    told = {volunteer for volunteer, role in lately(volunteer_ids=ids, now=now) if role == slot.role_id}
    return told | {*there, *alive}


def _drafts(data: Dataset, role: int, slot: Slot, run: Run, now: dt.datetime) -> list[Suggestion]:
    by = weights.current()
    found = FastEngine(data.problem).comers([role], floor=FLOOR, weights=by)
    ids = data.volunteer_ids[found.pairs.volunteer].tolist()
    scores, km, parts = (lists.rounded(one).tolist() for one in (found.score.clip(0, 1), found.pairs.km, found.parts))
    weighed = dict(zip(by.names, lists.rounded(by.values).tolist(), strict=True))
    return [
        Suggestion(
            volunteer_id=id_,
            role_id=slot.role_id,
            slot_id=slot.pk,
            run=run,
            rank=1,
            score=score,
            km=None if math.isnan(way) else way,
            parts=dict(zip(by.names, part, strict=True)),
            weights=weighed,
            planned_at=now,
        )
        for id_, score, way, part in zip(ids, scores, km, parts, strict=True)
    ]


def _ask(picked: Sequence[Suggestion], now: dt.datetime) -> int:
    """Write down what is put before each, and the letter; the people are locked first, as everywhere."""
    locked = Volunteer.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    # Who closed their account since they were picked is none of them.
    there = set(locked.filter(pk__in=[row.volunteer_id for row in picked]).values_list("pk", flat=True))
    may_be_asked = there - _has_now(picked)
    made = Suggestion.objects.bulk_create([row for row in picked if row.volunteer_id in may_be_asked])
    whole = Suggestion.objects.select_related("volunteer__user", "role__organisation", "role__venue__town", "slot")
    rows = list(whole.filter(pk__in=[row.pk for row in made]).order_by("pk"))
    outbox.notify_many(letters=_letters(rows, now), now=now)
    return len(rows)


def _has_now(picked: Sequence[Suggestion]) -> set[int]:
    """Return who has got the role on their page since they were picked."""
    alive = Suggestion.objects.alive().filter(role__in={row.role_id for row in picked})
    return set(alive.values_list("volunteer_id", flat=True))


def _letters(rows: Sequence[Suggestion], now: dt.datetime) -> list[Letter]:
    users = {row.volunteer_id: row.volunteer.user for row in rows}
    channels = preferences.channels_for(list(users.values()))
    today = localtime(now).date()
    # The young are spoken to by a coordinator, whatever address they gave.
    channels |= {
        row.volunteer.user_id: Channel.CALL_LIST for row in rows if row.volunteer.age(today) < COORDINATOR_UNDER
    }
    on_screen = {row.volunteer_id: row for row in rows if channels[row.volunteer.user_id] != Channel.CALL_LIST}
    links = digests.answer_links(on_screen, users, now)
    letters = []
    for row in rows:
        user = row.volunteer.user
        with override(user.language if row.volunteer_id in links else Language.JA):
            message = _message(user, explain_all([row]), links.get(row.volunteer_id))
        about = {"suggestions": [row.pk]}
        letters.append(Letter(user, message, f"stand_in:{row.pk}", about=about, channel=channels[user.pk]))
    return letters


def _message(user: User, shown: Sequence[Shown], links: dict[str, str] | None) -> Message:
    if links is None:
        return messages.stand_in_for_call(user=user, shown=shown)
    return messages.stand_in(user=user, shown=shown, links=links)
