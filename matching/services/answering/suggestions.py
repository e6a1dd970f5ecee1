"""What one person sees, and what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from matching import messages
from matching.dataset.asked import LEAD
from matching.explanations import Shown
from matching.models import Answer, Feedback, Shortlist, Suggestion, SuggestionStatus, WhyNot
from matching.services.choosing import prices
from matching.services.choosing.picks import drafts, explain_all, may_join, places_left_at_least, roles_not_now
from notifications.models import Channel, Delivery
from notifications.services import outbox
from organisations.models import Role, Slot
from organisations.models.role import RoleStatus
from organisations.services import words
from volunteers.models import Application, Placement, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import applications, joining, placements

# A few good ones, and not a list to work through.
SHOWN = 3
LONGEST_REASON = 500


class AlreadyAnswered(DomainError):
    code = "already_answered"
    message = _("このおすすめには、もうお返事をいただいています。変えるときは、先に取り消してください。")


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    message = _("取り消すお返事がありません。")


class AnswerUnknown(DomainError):
    code = "answer_unknown"
    message = _("お返事を、もう一度えらんでください。")


@transaction.atomic
def show(*, volunteer: Volunteer, now: dt.datetime) -> list[Shown]:
    """Return the best suggestions that one can still say yes to, filled up from the shortlist; they count as seen.

    The best by score and need, see `prices.in_order`.
    """
    return _show(placements.lock_person(volunteer, "shortlist"), now)


@transaction.atomic
def page(*, user: User, now: dt.datetime) -> tuple[Volunteer, list[Shown]] | None:
    """Return the profile of who is signed in and what `show` shows them, read once; None without a profile."""
    person = placements.lock_profile(user, "shortlist")
    return None if person is None else (person, _show(person, now))


def _show(person: Volunteer, now: dt.datetime) -> list[Shown]:
    alive = [row for row in _alive(person) if may_join(row.slot, now, person.party_size)]
    price = {row.role_id: row.price for row in alive}
    current: list[Suggestion] = list(alive)
    if len(current) < SHOWN:
        current += _more(person, now, SHOWN - len(current), price)
    for_show = prices.in_order(current, price)[:SHOWN]
    _note_seen(for_show, now)
    return explain_all(for_show)


def _alive(volunteer: Volunteer) -> list[Any]:
    whole = Suggestion.objects.alive().select_related("role__organisation", "role__venue__town", "slot")
    rows = whole.filter(volunteer=volunteer, role__status=RoleStatus.OPEN)
    return [row for row in rows.annotate(price=prices.newest("role_id")) if row.role.is_open]


def _more(volunteer: Volunteer, now: dt.datetime, count: int, price: dict[int, float | None]) -> list[Suggestion]:
    """Write down the best of the shortlist that is free and may be suggested now; note their prices."""
    shortlist: Shortlist | None = getattr(volunteer, "shortlist", None)
    if shortlist is None:
        return []
    slots = _possible(volunteer, shortlist, now)
    price |= {slot.role_id: slot.price for slot in slots.values()}
    possible = [row for row in drafts(shortlist, now=now) if row.slot_id in slots]
    picks = prices.in_order(possible, price)[:count]
    for row in picks:
        row.slot = slots[row.slot_id]
        row.role = row.slot.role
        row.status, row.seen_at = SuggestionStatus.SEEN, now
    return Suggestion.objects.bulk_create(picks)


def _possible(volunteer: Volunteer, shortlist: Shortlist, now: dt.datetime) -> dict[int, Any]:
    """Return the slots of a list, with their roles, that are free and may be suggested now."""
    free = Slot.objects.free(now + LEAD).filter(places_left_at_least(volunteer), role__in=Role.objects.open())
    for roles in roles_not_now(volunteer, now):
        free = free.exclude(role_id__in=roles)
    whole = free.select_related("role__organisation", "role__venue__town").annotate(price=prices.newest("role_id"))
    return whole.in_bulk(shortlist.slots)


def _note_seen(rows: Sequence[Suggestion], now: dt.datetime) -> None:
    new = [row.pk for row in rows if row.seen_at is None]
    Suggestion.objects.filter(pk__in=new).update(status=SuggestionStatus.SEEN, seen_at=now)
    for row in rows:
        if row.pk in new:
            row.status, row.seen_at = SuggestionStatus.SEEN, now


@transaction.atomic
def answer(
    *,
    suggestion: Suggestion,
    answer: str,
    now: dt.datetime,
    actor: User | None,
    reason: str = "",
    why: str = "",
) -> Feedback:
    """Take an answer: yes takes part, no is never asked again, "call me" goes on the coordinator's list.

    The same answer twice is one answer. *why* is one of ``WhyNot`` and kept with a no alone.

    Raises
    ------
    AlreadyAnswered where another answer is in force, AnswerUnknown, TextTooLong, UnreadableText,
    and what ``joining.join`` raises
    """
    if answer not in Answer.values or why not in ("", *WhyNot.values):
        raise AnswerUnknown
    reason = words.readable(reason, at_most=LONGEST_REASON, field=_("理由"))
    current = _lock(suggestion)
    earlier = current.feedback.filter(undone_at=None).first()
    if earlier is not None:
        if earlier.answer == answer:
            return earlier
        raise AlreadyAnswered
    if answer == Answer.ACCEPT:
        joining.join(volunteer=current.volunteer, slot=current.slot, now=now, actor=actor)
    why = why if answer == Answer.DECLINE else ""
    feedback = Feedback.objects.create(suggestion=current, answer=answer, reason=reason, why=why, answered_at=now)
    if answer == Answer.CALL:
        _ask_for_call(current, feedback, now)
    Suggestion.objects.filter(pk=current.pk).update(status=SuggestionStatus.ANSWERED)
    suggestion.status = SuggestionStatus.ANSWERED
    audit.record(actor=actor, action="suggestion.answered", target=current, now=now, answer=answer)
    return feedback


def _lock(suggestion: Suggestion) -> Suggestion:
    """The person first, as everywhere, then the suggestion."""
    placements.lock_person(suggestion.volunteer)
    whole = Suggestion.objects.select_related("volunteer__user", "volunteer__town", "role__organisation", "slot")
    return whole.select_for_update(no_key=True, of=("self",)).get(pk=suggestion.pk)


def _ask_for_call(suggestion: Suggestion, feedback: Feedback, now: dt.datetime) -> None:
    outbox.notify(
        user=suggestion.volunteer.user,
        message=messages.call_wanted(suggestion),
        dedupe_key=f"call:{feedback.pk}",
        now=now,
        delivery=Delivery.AT_LEAST_ONCE,
        about={"feedback": feedback.pk},
        channel=Channel.CALL_LIST,
    )


@transaction.atomic
def undo(*, suggestion: Suggestion, now: dt.datetime, actor: User | None) -> None:
    """Take the answer back, and with a yes the place or the application; the suggestion waits for another answer.

    Raises
    ------
    NothingToUndo, SlotOver where it has taken place already
    """
    current = _lock(suggestion)
    feedback = current.feedback.filter(undone_at=None).first()
    if feedback is None:
        raise NothingToUndo
    if feedback.answer == Answer.ACCEPT:
        _leave(current, now, actor)
    suggestion.status = take_back(feedback, now, actor)


def take_back(feedback: Feedback, now: dt.datetime, actor: User | None) -> SuggestionStatus:
    """Take one answer back, the person being locked, and return what the suggestion is now."""
    feedback.undone_at = now
    feedback.save(update_fields=["undone_at"])
    current = feedback.suggestion
    has_another = Suggestion.objects.alive().filter(volunteer=current.volunteer_id, role=current.role_id).exists()
    status = SuggestionStatus.EXPIRED if has_another else SuggestionStatus.SEEN
    Suggestion.objects.filter(pk=current.pk).update(status=status, seen_at=current.seen_at or now)
    audit.record(actor=actor, action="suggestion.undone", target=current, now=now, answer=feedback.answer)
    return status


def _leave(suggestion: Suggestion, now: dt.datetime, actor: User | None) -> None:
    same = {"volunteer": suggestion.volunteer, "slot": suggestion.slot}
    for placement in Placement.objects.active().filter(**same):
        placements.cancel(placement=placement, now=now, actor=actor)
    for application in Application.objects.filter(**same, status=ApplicationStatus.ASKED):
        applications.withdraw(application=application, now=now, actor=actor)
