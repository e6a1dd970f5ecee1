"""Whose own rows say something else than their list knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from matching.dataset.rows import columns, texts

# A change is dated when its request begins and seen when that ends: a list computed in between does not know it. So
# after this long one looks a second time.
SETTLES = dt.timedelta(minutes=1)

_CHANGES = """
    SELECT id AS volunteer_id, changed_at AS at FROM volunteers_volunteer
    UNION ALL SELECT v.id, c.given_at FROM accounts_consent c JOIN volunteers_volunteer v USING (user_id)
    UNION ALL SELECT v.id, c.withdrawn_at FROM accounts_consent c JOIN volunteers_volunteer v USING (user_id)
    UNION ALL SELECT volunteer_id, confirmed_at FROM volunteers_heldqualification
    UNION ALL SELECT volunteer_id, agreed_at FROM volunteers_placement
    UNION ALL SELECT volunteer_id, cancelled_at FROM volunteers_placement
    UNION ALL SELECT p.volunteer_id, a.recorded_at
        FROM volunteers_attendance a JOIN volunteers_placement p ON p.id = a.placement_id
    UNION ALL SELECT volunteer_id, asked_at FROM volunteers_application
    UNION ALL SELECT volunteer_id, answered_at FROM volunteers_application
    UNION ALL SELECT s.volunteer_id, f.answered_at
        FROM matching_feedback f JOIN matching_suggestion s ON s.id = f.suggestion_id
    UNION ALL SELECT s.volunteer_id, f.undone_at
        FROM matching_feedback f JOIN matching_suggestion s ON s.id = f.suggestion_id
    UNION ALL SELECT p.volunteer_id, r.changed_at FROM volunteers_placement p
        JOIN organisations_slot s ON s.id = p.slot_id JOIN organisations_role r ON r.id = s.role_id
    UNION ALL SELECT a.volunteer_id, r.changed_at FROM volunteers_application a
        JOIN organisations_slot s ON s.id = a.slot_id JOIN organisations_role r ON r.id = s.role_id
    UNION ALL SELECT s.volunteer_id, r.changed_at FROM matching_feedback f
        JOIN matching_suggestion s ON s.id = f.suggestion_id JOIN organisations_role r ON r.id = s.role_id
"""
_BEHIND = f"""
    SELECT DISTINCT change.volunteer_id::int8 FROM ({_CHANGES}) change
    JOIN matching_shortlist l ON l.volunteer_id = change.volunteer_id
    JOIN volunteers_volunteer v ON v.id = change.volunteer_id JOIN accounts_user u ON u.id = v.user_id AND u.is_active
    WHERE change.at > %s AND change.at <= %s AND (l.computed_at < change.at OR
        (l.computed_at > change.at AND l.computed_at < change.at + %s AND change.at + %s <= %s))
    ORDER BY 1 LIMIT %s
"""  # noqa: S608
_WITHOUT = """
    SELECT v.id::int8 FROM volunteers_volunteer v JOIN accounts_user u ON u.id = v.user_id AND u.is_active
    WHERE v.changed_at > %s AND v.changed_at <= %s
    AND NOT EXISTS (SELECT FROM matching_shortlist l WHERE l.volunteer_id = v.id)
    ORDER BY 1 LIMIT %s
"""


def behind(*, since: dt.datetime, now: dt.datetime, limit: int) -> list[int]:
    """Return whose list is older than a change of theirs: profile, consent, place, whether they came, request, answer.

    Or than a change of a role they took part in, asked for or answered: what they did there says what they like.

    Parameters
    ----------
    since : all lists are at least so new; changes before are not looked at.
    """
    moments = (since - SETTLES, now, SETTLES, SETTLES, now, limit)
    return list(columns(_BEHIND, moments, ints=("id",))["id"].tolist())


def newest(ids: Sequence[int]) -> dt.datetime | None:
    """Return when the newest list of some people was computed; None where nobody of them has one."""
    (row,) = texts("SELECT max(computed_at) FROM matching_shortlist WHERE volunteer_id = ANY(%s)", (list(ids),))
    found: dt.datetime | None = row[0]
    return found


def without(*, since: dt.datetime, now: dt.datetime, limit: int) -> list[int]:
    """Return who has no list at all.

    Parameters
    ----------
    since : whoever changed nothing after it has got a list, if they may have one.
    """
    return list(columns(_WITHOUT, (since - SETTLES, now, limit), ints=("id",))["id"].tolist())
