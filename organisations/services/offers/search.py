"""Finding offers by word, kind, activity, place, time and step-free access."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import AccessFeature, Activity, Offer, Town
from organisations.models.offer import Help, OfferQuerySet
from organisations.services import search, words

# A group looks for a room that its people can walk to.
ROOM_WITHIN_KM = 2.0


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is empty is not asked about."""

    text: str = ""
    kind: str = ""
    activity: Activity | None = None
    town: Town | None = None
    when: Collection[str] = ()
    access: Iterable[AccessFeature] = ()


def narrow(offers: OfferQuerySet, wanted: Wanted) -> OfferQuerySet:
    """Return those of *offers* that fit, the newest first, with what a list shows.

    Every word must occur. An offer that names no time, no activity or no distance fits any.

    Raises
    ------
    TextTooLong, UnreadableText
    """
    text = words.readable(wanted.text, at_most=search.LONGEST_SEARCH, field=_("さがすことば"))
    for word in words.fold(text).split():
        offers = offers.filter(search_text__contains=word)
    if wanted.kind:
        offers = offers.filter(kind=wanted.kind)
    if wanted.activity is not None:
        named = Offer.activities.through.objects.filter(offer=OuterRef("pk"))
        offers = offers.filter(Exists(named.filter(activity__in=search.branch(wanted.activity))) | ~Exists(named))
    if wanted.when:
        offers = offers.filter(Q(when=[]) | Q(when__overlap=list(wanted.when)))
    for feature in wanted.access:
        offers = offers.filter(Exists(Offer.access.through.objects.filter(offer=OuterRef("pk"), accessfeature=feature)))
    if wanted.town is not None:
        offers = _reaching(offers, wanted.town)
    return offers.select_related("organisation", "town", "venue").prefetch_related("access", "activities")


def index(*, offers: QuerySet[Offer]) -> int:
    """Write anew the folded words by which *offers* are found; say how many."""
    rows = list(
        offers.order_by("pk").select_related("organisation", "town", "venue").prefetch_related("activities__parent")
    )
    for offer in rows:
        offer.search_text = _words_of(offer)
    return Offer.objects.bulk_update(rows, ["search_text"], batch_size=500)


def _words_of(offer: Offer) -> str:
    texts = [offer.title, offer.title_en, offer.summary, offer.summary_en, offer.organisation.name]
    texts += [offer.town.name, offer.town.kana, str(Help(offer.kind).label)]
    texts += [offer.venue.name] if offer.venue is not None else []
    return search.folded([*texts, *search.words_of_terms(offer.activities.all())])


def _reaching(offers: OfferQuerySet, town: Town) -> OfferQuerySet:
    """A room must be near; what moves must reach the town."""
    if not town.has_point:
        return offers.filter(Q(town=town) | (~Q(kind=Help.ROOM) & Q(within_km=None)))
    offers = offers.alias(_km=search.haversine(float(town.lat or 0), float(town.lng or 0), of="town"))
    moves = Q(within_km=None) | Q(_km__lte=F("within_km"))
    return offers.filter(Q(town=town) | Q(kind=Help.ROOM, _km__lte=ROOM_WITHIN_KM) | (~Q(kind=Help.ROOM) & moves))
