"""How offers and all that they could suit look, as one fingerprint: while it is the same, there is nothing to find.

It holds whatever decides what is proposed: what `matching.dataset.fair` reads, what was brought together before, and
what time alone changes, as a day or a slot that is over. Places count where they change how many a role has room for.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from matching.dataset import fair_roles
from matching.dataset.rows import texts
from organisations.services.offers import available

_LOOK = f"""
    SELECT md5(ROW(%(today)s,
        (SELECT string_agg(ROW(id, parent_id, ja, en, synonyms)::text, ',' ORDER BY id) FROM organisations_activity),
        (SELECT string_agg(ROW(g.*, t.lat, t.lng, v.lat, v.lng, ARRAY(
                SELECT activity_id FROM organisations_offer_activities a WHERE a.offer_id = g.id ORDER BY 1
            ))::text, ',' ORDER BY g.id)
            FROM organisations_offer g JOIN organisations_town t ON t.id = g.town_id
            LEFT JOIN organisations_venue v ON v.id = g.venue_id WHERE g.id = ANY(%(offers)s)),
        (SELECT string_agg(ROW(n.*, o.id, o.approval, ARRAY(
                SELECT ROW(t.lat, t.lng)::text FROM organisations_town t
                WHERE t.id = n.town_id OR t.district_id = n.district_id ORDER BY t.id
            ), ARRAY(
                SELECT activity_id FROM organisations_need_activities a WHERE a.need_id = n.id ORDER BY 1
            ))::text, ',' ORDER BY n.id)
            FROM organisations_need n JOIN organisations_supportdesk d ON d.id = n.desk_id
            JOIN organisations_organisation o ON o.id = coalesce(n.host_id, d.organisation_id)
            WHERE n.status = 'open' AND n.wanted_until >= %(today)s),
        (SELECT string_agg(one.look, ',' ORDER BY one.id) FROM (
            SELECT r.id, md5(ROW(r.id, r.organisation_id, r.takes_groups, v.lat, v.lng, max(s.capacity - s.taken),
                concat_ws(chr(31), r.title, r.title_easy, r.title_en, r.summary, r.summary_en), string_agg(
                    ROW(s.id, extract(epoch FROM s.starts_at), extract(epoch FROM s.ends_at))::text, ',' ORDER BY s.id
                ))::text) AS look
            FROM {fair_roles.FREE} GROUP BY r.id, v.id
        ) one),
        (SELECT string_agg(ROW(a.role_id, a.activity_id, a.position)::text, ',' ORDER BY a.id)
            FROM organisations_roleactivity a JOIN organisations_role r ON r.id = a.role_id
            WHERE r.status = 'open' AND NOT r.is_online),
        (SELECT string_agg(ROW(id, offer_id, need_id, role_id, host_id, status, proposed_by, proposed_at > %(since)s
            )::text, ',' ORDER BY id)
            FROM organisations_cooperation WHERE offer_id = ANY(%(offers)s)
            OR proposed_by = 'service' AND (status = 'proposed' OR proposed_at > %(since)s)),
        (SELECT string_agg(organisation_id::text, ',' ORDER BY organisation_id) FROM organisations_supportdesk)
    )::text)
"""  # noqa: S608


def read(now: dt.datetime, *, since: dt.datetime) -> str:
    """Return the fingerprint; empty where nothing is to be had.

    Parameters
    ----------
    since : letters of what the service proposed after it count, so it matters when one falls out of them.
    """
    offers = list(available.to_be_had(now=now).values_list("pk", flat=True))
    if not offers:
        return ""
    told = {"today": timezone.localdate(now), "since": since, "offers": offers}
    ((look,),) = texts(_LOOK, fair_roles.after(now) | told)
    return str(look)
