"""After a suggestion was planned: did it go out, is it still right, is it over?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from matching.messages import CALL_WANTED
from matching.models import Feedback, Suggestion, SuggestionStatus
from matching.services.choosing.picks import may_join
from notifications.message import DIGEST, STAND_IN
from notifications.models import Notification
from organisations.models import Organisation, Role
from organisations.models.role import PUBLISHED, RoleStatus

_SENT = """
    UPDATE matching_suggestion s
    SET sent_at = told.sent_at, status = CASE WHEN s.status = 'planned' THEN 'sent' ELSE s.status END
    FROM (
        SELECT (jsonb_array_elements_text(n.about -> 'suggestions'))::int8 AS id, n.sent_at
        FROM notifications_notification n
        WHERE n.kind IN ('digest', 'stand_in') AND n.status = 'sent'
        AND n.created_at >= (SELECT min(planned_at) FROM matching_suggestion WHERE {waiting})
    ) told
    WHERE s.id = told.id AND s.sent_at IS NULL
"""
_NEVER_SENT = """
    UPDATE matching_suggestion s SET status = 'expired'
    FROM (
        SELECT (jsonb_array_elements_text(n.about -> 'suggestions'))::int8 AS id
        FROM notifications_notification n
        WHERE n.kind IN ('digest', 'stand_in') AND n.status IN ('dropped', 'failed')
        AND n.created_at >= (SELECT min(planned_at) FROM matching_suggestion WHERE {waiting})
    ) lost
    WHERE s.id = lost.id AND s.status = 'planned'
"""
_WAITING = "run_id IS NOT NULL AND sent_at IS NULL AND status IN ('planned', 'seen')"


@transaction.atomic
def note_delivered() -> int:
    """Bring suggestions up to what became of their messages; says how many were sent.

    The messages' rows are the truth, so it does not matter who sent them, when, or how often this is called.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SENT.format(waiting=_WAITING))
        sent = cursor.rowcount
        cursor.execute(_NEVER_SENT.format(waiting=_WAITING))
    return int(sent)


@transaction.atomic
def expire(*, now: dt.datetime) -> int:
    """End the suggestions that one cannot say yes to any more. A role that rests may take people again."""
    gone = Role.objects.exclude(status__in=PUBLISHED)
    suspended = Role.objects.exclude(organisation__in=Organisation.objects.approved())
    over = Q(slot__ends_at__lte=now) | Q(slot__cancelled_at__isnull=False)
    over |= Q(slot__minutes=None, slot__starts_at__lte=now)
    ended = Suggestion.objects.alive().filter(over | Q(role__in=gone) | Q(role__in=suspended))
    return ended.update(status=SuggestionStatus.EXPIRED)


def is_still_right(notification: Notification, now: dt.datetime) -> bool:
    """What suggests goes out while its person takes no break, nothing in it was called off, and something is free.

    What rests is not free, and what was moved since is not said with its old time.
    """
    rows = Suggestion.objects.filter(pk__in=notification.about.get("suggestions", []))
    current = list(rows.select_related("role__organisation", "slot", "volunteer"))
    if not current or any(row.volunteer.is_paused(localdate(now)) for row in current):
        return False
    if not all(_stands(row) for row in current):
        return False
    free = [row for row in current if row.role.status != RoleStatus.RESTING]
    return any(may_join(row.slot, now, row.volunteer.party_size) for row in free)


def _stands(row: Suggestion) -> bool:
    """Whether what was written of a suggestion is still so."""
    is_off = row.role.status not in PUBLISHED or not row.role.organisation.is_approved or row.slot.cancelled_at
    is_moved = row.slot.moved_at is not None and row.slot.moved_at > row.planned_at
    return not (is_off or is_moved)


def is_call_still_wanted(notification: Notification, _now: dt.datetime) -> bool:
    return Feedback.objects.filter(pk=notification.about.get("feedback"), undone_at=None).exists()


# What the outbox asks just before it sends a message of these kinds.
RECHECKS: Mapping[str, Callable[[Notification, dt.datetime], bool]] = {
    DIGEST: is_still_right,
    STAND_IN: is_still_right,
    CALL_WANTED: is_call_still_wanted,
}
