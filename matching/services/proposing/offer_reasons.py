"""Why an offer and a need belong together, said to each of the three sides in the language that is switched on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from matching import explanations
from matching.engine.offers.scoring import WEIGHTS
from organisations.models import Cooperation, Offer
from organisations.models.cooperation import Side
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.offers.counting import counted
from organisations.services.saying import listed

# From here on the words of both are about the same.
ALIKE = 0.5
NAMED = 3


def offer_reasons(cooperation: Cooperation, side: str) -> list[str]:
    """Return what speaks for it: to who gives, why it suits them; to the host, what they would get and on which terms.

    The desk hears both. Empty where neither a need nor a role is behind it, for the group has said itself what for.
    """
    if cooperation.need is None and cooperation.role is None:
        return []
    told = {
        Side.OFFER: [_wanted(cooperation), *_both(cooperation)],
        Side.HOST: [_given(cooperation.offer), *_both(cooperation), *_terms(cooperation.offer)],
        Side.DESK: [_wanted(cooperation), _given(cooperation.offer), *_both(cooperation), *_terms(cooperation.offer)],
    }
    return [words for words in told[Side(side)] if words]


def _wanted(row: Cooperation) -> str:
    """Return what is asked for, by the need or by the role."""
    kind = Help(row.offer.kind)
    if row.need is None:
        return _("「%(role)s」の活動に役立ちそうです") % {"role": row.role.label if row.role else ""}
    words = {"need": row.need.label, "kind": kind.label}
    if kind == Help.PEOPLE:
        return _("「%(need)s」で、%(people)s人ほどの人手をさがしています") % (words | {"people": str(row.need.people)})
    return _("「%(need)s」で、%(kind)sがあると助かるそうです") % words


def _given(offer: Offer) -> str:
    """Return what there is, and how much of it."""
    if offer.kind == Help.GOODS and offer.left is not None:
        return _("%(left)sまで受け取れます") % {"left": counted(offer.left, offer.unit)}
    if offer.kind == Help.PEOPLE and offer.people:
        return _("%(people)d人まで来てもらえます") % {"people": offer.people}
    if offer.people and offer.kind in (Help.ROOM, Help.VEHICLE):
        return _("%(kind)sを、%(people)d人まで使えます") % {"kind": Help(offer.kind).label, "people": offer.people}
    return _("%(kind)sの提供です") % {"kind": Help(offer.kind).label}


def _both(row: Cooperation) -> list[str]:
    return [_shared(row), _way(row.parts), _times(row)]


def _shared(row: Cooperation) -> str:
    """Return the activity that both name, else that their words are alike."""
    wanted = row.need.activities if row.need else row.role.activities if row.role else None
    of_both = [one for one in row.offer.activities.all() if wanted and wanted.filter(pk=one.pk).exists()]
    if of_both:
        return _("どちらも「%(activity)s」のことです") % {"activity": of_both[0].label}
    is_alike = row.parts.get("words", 0.0) >= ALIKE * WEIGHTS["words"]
    return _("書いてあることが近いです") if is_alike else ""


def _way(parts: dict[str, Any]) -> str:
    km = parts.get("km")
    return _("場所どうしは、%(way)sです") % {"way": explanations.band(km)} if km is not None else ""


def _times(row: Cooperation) -> str:
    """Return the rough times that both name; of who can at any time, those of the other."""
    given, wanted = row.offer.when, row.need.when if row.need else []
    if row.need is None or row.offer.kind == Help.GOODS:
        return ""
    both = [one for one in When.values if one in (given or wanted) and one in (wanted or given)]
    times = listed(str(When(one).label) for one in both[:NAMED])
    return _("%(times)sなら、どちらも都合が合いそうです") % {"times": times} if both else ""


def _terms(offer: Offer) -> list[str]:
    """Return the conditions in the words of who gives."""
    return [
        _("条件:%(terms)s") % {"terms": offer.conditions} if offer.conditions else "",
        _("できないこと:%(terms)s") % {"terms": offer.not_possible} if offer.not_possible else "",
        _("%(days)d日前までに相談してください") % {"days": offer.notice_days} if offer.notice_days else "",
    ]
