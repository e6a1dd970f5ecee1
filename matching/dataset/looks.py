"""How roles look to the engine, as one fingerprint each: where it differs, lists may differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from matching.dataset.rows import texts

# The fingerprint of a role that can be in no list.
IN_NO_LIST = "-"

# All that `matching.dataset.asked` reads, and the vocabulary: another name of an activity is another vector of texts.
# What comes round every week has hundreds of times behind it: those over when the lists were made are not read.
_LOOKS = """
    SELECT r.id AS role_id, md5(ROW(
        words.look, r.is_online, r.min_age, r.max_age, r.guardian_under, r.takes_groups, r.effort, r.asks_first,
        r.organisation_id, v.lat, v.lng, md5(slots.look), activities.look, skills.look, qualifications.look,
        access.look, md5(concat_ws(chr(31), r.title, r.title_easy, r.title_en, r.summary, r.summary_en))
    )::text) AS look
    FROM organisations_role r
    JOIN organisations_organisation o ON o.id = r.organisation_id AND o.approval = 'approved'
    LEFT JOIN organisations_venue v ON v.id = r.venue_id
    LEFT JOIN (
        SELECT s.role_id, string_agg(ROW(s.id, extract(epoch FROM s.starts_at), extract(epoch FROM s.ends_at),
            s.minutes, s.capacity, s.taken)::text, ',' ORDER BY s.id) AS look
        FROM organisations_slot s JOIN organisations_role r ON r.id = s.role_id AND r.status = 'open'
        WHERE s.cancelled_at IS NULL AND s.ends_at > %s GROUP BY s.role_id
    ) slots ON slots.role_id = r.id
    LEFT JOIN (
        SELECT role_id, string_agg(ROW(activity_id, position)::text, ',' ORDER BY activity_id) AS look
        FROM organisations_roleactivity GROUP BY role_id
    ) activities ON activities.role_id = r.id
    LEFT JOIN (
        SELECT role_id, string_agg(skill_id::text, ',' ORDER BY skill_id) AS look
        FROM organisations_role_skills GROUP BY role_id
    ) skills ON skills.role_id = r.id
    LEFT JOIN (
        SELECT role_id, string_agg(qualification_id::text, ',' ORDER BY qualification_id) AS look
        FROM organisations_role_qualifications GROUP BY role_id
    ) qualifications ON qualifications.role_id = r.id
    LEFT JOIN (
        SELECT role_id, string_agg(accessfeature_id::text, ',' ORDER BY accessfeature_id) AS look
        FROM organisations_role_access GROUP BY role_id
    ) access ON access.role_id = r.id
    CROSS JOIN (
        SELECT md5(ROW(
            (SELECT string_agg(ROW(id, parent_id, ja, en, synonyms)::text, ',' ORDER BY id)
                FROM organisations_activity),
            (SELECT string_agg(ROW(id, proof)::text, ',' ORDER BY id) FROM organisations_qualification),
            (SELECT string_agg(ROW(id, is_about_place)::text, ',' ORDER BY id) FROM organisations_accessfeature)
        )::text) AS look
        OFFSET 0
    ) words
    WHERE r.status = 'open'
"""
_CHANGED = f"""
    SELECT coalesce(l.role_id, k.role_id), coalesce(l.look, '{IN_NO_LIST}')
    FROM ({_LOOKS}) l FULL JOIN matching_listedrole k ON k.role_id = l.role_id
    WHERE coalesce(l.look, '{IN_NO_LIST}') IS DISTINCT FROM k.fingerprint ORDER BY 1 LIMIT %s
"""  # noqa: S608


def now_open(*, since: dt.datetime) -> dict[int, str]:
    """Return role id → fingerprint of all that are open.

    Parameters
    ----------
    since : slots that had ended by then say nothing of a role.
    """
    return dict(texts(_LOOKS, (since,)))


def changed(*, since: dt.datetime, limit: int) -> Mapping[int, str]:
    """Return role id → fingerprint of at most so many roles that look otherwise than the lists know.

    Parameters
    ----------
    since : as it was for the fingerprints that are written down: the moment of the run that all lists are of.
    """
    return dict(texts(_CHANGED, (since, limit)))
