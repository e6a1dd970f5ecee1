"""Who gets which suggestions by message after a run: at most one digest a week, and nothing where nothing fits.

The run has allotted to everybody what it would put before them; here each item is looked at again, for places fill up
and people change their minds. Planned in batches of people, each one transaction, the least recently asked first. What
is planned is in the rows, so a planner that dies is simply followed by the next one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localtime
from django.utils.translation import override

from accounts.models import User
from accounts.models.user import Language
from matching import messages
from matching.dataset.asked import LEAD
from matching.explanations import Shown
from matching.models import Answer, Run, RunStatus, Suggestion
from matching.services.choosing import ties
from matching.services.choosing.picks import drafts, explained, lately
from matching.services.sharing import due, shares
from matching.services.sharing.due import Period
from notifications.message import Message
from notifications.models import Channel
from notifications.models.preference import Frequency, Preference
from notifications.services import links, outbox, preferences
from notifications.services.links import Wanted
from notifications.services.outbox import Letter
from organisations.models import Role, Slot
from volunteers.models import Volunteer
from volunteers.services.conditions import COORDINATOR_UNDER

PEOPLE_AT_ONCE = 2_000


def plan(*, now: dt.datetime) -> int:
    """Plan the digests of the newest run that is done, where that has not happened yet; says how many."""
    after, planned = ("-infinity", 0), 0
    while True:
        with transaction.atomic():
            run = _lock_run()
            if run is None:
                return planned
            people = due.following(run_id=run.pk, now=now, after=after, limit=PEOPLE_AT_ONCE)
            planned += _plan(run, people, due.period(now)) if people else 0
            if len(people) < PEOPLE_AT_ONCE:
                unplanned = Run.objects.filter(status=RunStatus.DONE, digests_planned_at=None, pk__lte=run.pk)
                unplanned.update(digests_planned_at=now)
                return planned
            after = (people[-1][1], people[-1][0])


def _lock_run() -> Run | None:
    """Hold the run, so that one planner works at a time; None where there is none, or another one holds it."""
    newest = Run.objects.filter(status=RunStatus.DONE).values("pk")[:1]
    runs = Run.objects.select_for_update(skip_locked=True, no_key=True)
    return runs.filter(pk__in=newest, digests_planned_at=None).first()


def _plan(run: Run, people: Sequence[tuple[int, str, int]], current: Period) -> int:
    ids = [volunteer for volunteer, _asked, _left in people]
    # The person first, as everywhere; who looks at their page meanwhile waits for us, or we for them.
    locked = Volunteer.objects.select_for_update(no_key=True, of=("self",)).select_related("user").order_by("pk")
    volunteers = {volunteer.pk: volunteer for volunteer in locked.filter(pk__in=ids)}
    # Who closed their account since we looked whose turn it is has no row any more.
    there = [row for row in people if row[0] in volunteers]
    picks = _picks(run, there, volunteers, current.now)
    Suggestion.objects.bulk_create([row for rows in picks.values() for row in rows], batch_size=PEOPLE_AT_ONCE)
    return outbox.notify_many(letters=_letters(picks, volunteers, current), now=current.now)


def _picks(
    run: Run, people: Sequence[tuple[int, str, int]], volunteers: Mapping[int, Volunteer], now: dt.datetime
) -> dict[int, list[Suggestion]]:
    """Take what the run allotted to each, in its order, as far as that may still be put before them."""
    allotted = {row.pk: row for row in shares.of(run, list(volunteers))}
    taken = lately(volunteer_ids=list(volunteers), now=now)
    roles = Role.objects.open().select_related("organisation", "venue").in_bulk()
    slots = Slot.objects.free(now + LEAD).filter(role__in=roles).in_bulk()
    left = _may_ask(run, slots)
    picks: dict[int, list[Suggestion]] = {}
    for volunteer, _asked, asks_left in people:
        chosen: list[Suggestion] = []
        for row in drafts(allotted[volunteer], now=now, run_id=run.pk):
            slot = slots.get(row.slot_id)
            is_free = slot is not None and slot.places_left >= volunteers[volunteer].party_size
            if is_free and left[row.role_id] > 0 and (volunteer, row.role_id) not in taken:
                row.role, row.slot, row.rank = roles[row.role_id], slots[row.slot_id], len(chosen) + 1
                left[row.role_id] -= 1
                chosen.append(row)
            if len(chosen) == min(due.PICKS, asks_left):
                break
        if chosen:
            picks[volunteer] = chosen
    return picks


def _may_ask(run: Run, slots: Mapping[int, Slot]) -> Counter[int]:
    """Return before how many more people each role may be put in this run."""
    left: Counter[int] = Counter()
    for slot in slots.values():
        left[slot.role_id] += slot.places_left * due.ASKED_PER_PLACE
    asked = Suggestion.objects.filter(run=run).order_by().values_list("role_id").annotate(Count("pk"))
    left.subtract(dict(asked))
    return left


def _letters(
    picks: Mapping[int, Sequence[Suggestion]], volunteers: Mapping[int, Volunteer], current: Period
) -> list[Letter]:
    users = {volunteer: volunteers[volunteer].user for volunteer in picks}
    channels = preferences.channels_for(list(users.values()))
    today = localtime(current.now).date()
    # The young are spoken to by a coordinator, whatever address they gave.
    young = [volunteer for volunteer in picks if volunteers[volunteer].age(today) < COORDINATOR_UNDER]
    channels |= {users[volunteer].pk: Channel.CALL_LIST for volunteer in young}
    chosen = dict(Preference.objects.filter(user__in=list(users.values())).values_list("user_id", "digest"))
    on_screen = [volunteer for volunteer in picks if channels[users[volunteer].pk] != Channel.CALL_LIST]
    answers = answer_links({volunteer: picks[volunteer][0] for volunteer in on_screen}, users, current.now)
    between = ties.between(volunteer_ids=picks, role_ids=[row.role_id for rows in picks.values() for row in rows])
    letters = []
    for volunteer, rows in picks.items():
        user = users[volunteer]
        with override(user.language if volunteer in answers else Language.JA):  # a coordinator reads the call list
            message = _message(user, [explained(row, between) for row in rows], answers.get(volunteer))
        letters.append(
            Letter(
                user=user,
                message=message,
                dedupe_key=current.key(user.pk, chosen.get(user.pk, Frequency.WEEKLY)),
                about={"suggestions": [row.pk for row in rows]},
                channel=channels[user.pk],
            )
        )
    return letters


def _message(user: User, shown: Sequence[Shown], answers: dict[str, str] | None) -> Message:
    if answers is None:
        return messages.for_call(user=user, shown=shown)
    return messages.digest(user=user, shown=shown, links=answers)


def answer_links(
    picks: Mapping[int, Suggestion], users: Mapping[int, User], now: dt.datetime
) -> dict[int, dict[str, str]]:
    """Return for each volunteer answer → address, for their first suggestion."""
    wanted = [
        Wanted(users[volunteer], answer, str(pick.pk)) for volunteer, pick in picks.items() for answer in Answer.values
    ]
    addresses = map(links.url, links.issue_many(wanted=wanted, now=now))
    return {volunteer: dict(zip(Answer.values, addresses, strict=False)) for volunteer in picks}
