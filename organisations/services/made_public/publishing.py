"""What may be told to the public now of a role, a need, an offer: rows in, one neutral row out.

What is a draft, rests, is over or called off, or belongs to an organisation without approval, is advertised nowhere.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from organisations.models import Activity, Need, Offer, Organisation, Role, RoleActivity, Slot, Town, Venue
from organisations.models.need import NeedQuerySet
from organisations.models.offer import OfferQuerySet
from organisations.models.organisation import Approval
from organisations.models.pattern import When
from organisations.models.role import RoleQuerySet, RoleStatus, SlotQuerySet
from organisations.publicity.published import Kind, Place, Published, State, Time
from organisations.services import search
from organisations.services.offers import food
from organisations.services.saying import listed
from organisations.services.times.wording import when

ADVERTISED = (RoleStatus.OPEN, RoleStatus.FILLED)
# What one file holds at the most; who wants all of a city reads it on, page by page.
MOST_NEWS = 200
MOST_TIMES = 2000
M = TypeVar("M", bound=Model)
PAGES = {Kind.ROLE: "roles", Kind.NEED: "needs", Kind.OFFER: "offers"}


def roles(
    *, organisation: Organisation | None = None, activity: Activity | None = None, town: Town | None = None
) -> RoleQuerySet:
    """Return the roles that are advertised, with all that is told of them but their times."""
    found = Role.objects.filter(organisation__approval=Approval.APPROVED, status__in=ADVERTISED)
    found = found.filter(_only(organisation, activity, town)).select_related("organisation__town", "venue__town")
    return found.prefetch_related("activities").order_by("pk")


def newest(found: QuerySet[M]) -> QuerySet[M]:
    """Return what changed last: a reader of news has heard of the rest, and a new one finds it in the list."""
    return found.order_by("-changed_at", "-pk")[:MOST_NEWS]


def going_on(found: RoleQuerySet, now: dt.datetime) -> RoleQuerySet:
    """Return those with a time ahead; what has none is not advertised."""
    return found.filter(Exists(coming(Slot.objects.filter(role=OuterRef("pk")), now)))


def with_times(found: QuerySet[Role], now: dt.datetime, *, of: SlotQuerySet | None = None) -> QuerySet[Role]:
    """Add the coming times of each role, in one query; only such as are among *of*, where that is given."""
    times = coming(Slot.objects.all() if of is None else of, now)
    return found.prefetch_related(Prefetch("slots", queryset=times, to_attr="coming"))


def with_next_times(found: RoleQuerySet, now: dt.datetime, *, at_most: int) -> RoleQuerySet:
    """Return those that have one of the next *at_most* times of all of *found*, each with these times alone."""
    slots = coming(Slot.objects.filter(role__in=found.order_by().values("pk")), now)
    nearest = Slot.objects.filter(pk__in=list(slots.values_list("pk", flat=True)[:at_most]))
    shown = found.filter(pk__in=nearest.values("role"))
    return shown.prefetch_related(Prefetch("slots", queryset=nearest.order_by("starts_at", "pk"), to_attr="coming"))


def coming(slots: SlotQuerySet, now: dt.datetime) -> SlotQuerySet:
    """Return the times that still lie ahead: a fixed one has not begun, a window is not over."""
    ahead = Q(minutes=None, starts_at__gt=now) | Q(minutes__isnull=False, ends_at__gt=now)
    return slots.filter(ahead, cancelled_at=None).order_by("starts_at", "pk")


def slots_for_calendars(
    now: dt.datetime,
    *,
    organisation: Organisation | None = None,
    activity: Activity | None = None,
    town: Town | None = None,
) -> SlotQuerySet:
    """Return the next ``MOST_TIMES`` times that calendars show.

    Also those called off: a calendar that knows one must hear of it.
    """
    public = Q(role__status__in=ADVERTISED) | Q(role__status=RoleStatus.CANCELLED, cancelled_at__isnull=False)
    of = Role.objects.public().filter(_only(organisation, activity, town))
    slots = Slot.objects.filter(public, ends_at__gt=now, role__in=of.order_by().values("pk"))
    return slots.select_related("role__organisation", "role__venue__town").order_by("starts_at", "pk")[:MOST_TIMES]


def needs() -> NeedQuerySet:
    return Need.objects.open().select_related("town", "district", "desk__organisation").prefetch_related("activities")


def offers() -> OfferQuerySet:
    found = Offer.objects.open().select_related("organisation", "town", "venue__town")
    return found.prefetch_related("activities")


def of_role(role: Role, *, now: dt.datetime, in_words: bool = True) -> Published:
    """Return what may be told of *role*; of one that is not advertised only that it is over.

    Parameters
    ----------
    in_words : whether times say themselves in words too, which takes longer than all else that is told of a role.
    """
    times = _times(role, now, in_words)
    is_told = role.status in ADVERTISED and role.organisation.is_approved and bool(times)
    organisation = role.organisation
    return Published(
        kind=Kind.ROLE,
        ref=role.pk,
        title=role.label,
        title_en=role.title_en,
        what=role.description,
        who=organisation.name,
        url=address(Kind.ROLE, role.pk),
        state=(State.FULL if all(t.places_left == 0 for t in times) else State.OPEN) if is_told else State.OVER,
        changed_at=role.changed_at,
        published_at=role.published_at,
        times=times if is_told else (),
        place=_of_venue(role.venue) if role.venue else None,
        is_online=role.is_online,
        cost=role.cost,
        bring=role.bring,
        phone=organisation.phone,
        email=organisation.email,
        website=organisation.website,
        activities=tuple(one.label for one in role.activities.all()),
        organisation=role.organisation_id,
    )


def of_need(need: Need, *, now: dt.datetime) -> Published:
    """Return what may be told of *need*: whom to reach is its desk."""
    organisation = need.desk.organisation
    return Published(
        kind=Kind.NEED,
        ref=need.pk,
        title=need.label,
        title_en=need.title_en,
        what=need.description,
        who=organisation.name,
        url=address(Kind.NEED, need.pk),
        state=State.OPEN if _is_wanted(need, now) else State.OVER,
        changed_at=need.changed_at,
        published_at=need.published_at,
        when=_rough(need.when),
        place=_of_town(need.town) if need.town else Place(name=str(need.district)),
        phone=organisation.phone,
        email=organisation.email,
        website=organisation.website,
        until=need.wanted_until,
        activities=tuple(one.label for one in need.activities.all()),
    )


def of_offer(offer: Offer, *, now: dt.datetime) -> Published:
    """Return what may be told of *offer*."""
    organisation = offer.organisation
    is_over = offer.ends_on is not None and offer.ends_on < timezone.localdate(now)
    is_good = food.is_good(offer, on=timezone.localdate(now))
    is_told = offer.status == "open" and organisation.is_approved and is_good and not is_over
    return Published(
        kind=Kind.OFFER,
        ref=offer.pk,
        title=offer.label,
        title_en=offer.title_en,
        what=offer.description,
        who=organisation.name,
        url=address(Kind.OFFER, offer.pk),
        state=(State.FULL if offer.left == 0 else State.OPEN) if is_told else State.OVER,
        changed_at=offer.changed_at,
        published_at=offer.published_at,
        when=_rough(offer.when),
        place=_of_venue(offer.venue) if offer.venue else _of_town(offer.town),
        phone=organisation.phone,
        email=organisation.email,
        website=organisation.website,
        until=offer.ends_on,
        activities=tuple(one.label for one in offer.activities.all()),
    )


def address(kind: Kind, ref: int) -> str:
    """Return the page of what is told."""
    return f"{settings.SITE_URL}/{PAGES[kind]}/{ref}/"


def _only(organisation: Organisation | None, activity: Activity | None, town: Town | None) -> Q:
    only = Q()
    if organisation is not None:
        only &= Q(organisation=organisation)
    if activity is not None:
        named = RoleActivity.objects.filter(activity__in=search.branch(activity))
        only &= Q(pk__in=named.values("role"))
    if town is not None:
        only &= Q(venue__town=town)
    return only


def _times(role: Role, now: dt.datetime, in_words: bool) -> tuple[Time, ...]:
    found = role.coming if hasattr(role, "coming") else coming(Slot.objects.filter(role=role), now)
    return tuple(
        Time(
            ref=one.pk,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            words=when(one) if in_words else "",
            capacity=one.capacity,
            places_left=one.places_left,
            minutes=one.minutes,
        )
        for one in found
    )


def _is_wanted(need: Need, now: dt.datetime) -> bool:
    return need.status == "open" and need.wanted_until >= timezone.localdate(now)


def _rough(codes: list[str]) -> str:
    return listed(str(When(code).label) for code in codes)


def _of_town(town: Town) -> Place:
    """A town's point is nobody's address and not told."""
    return Place(ward_code=town.ward_code, ward=town.ward, town=town.name)


def _of_venue(venue: Venue) -> Place:
    town = venue.town
    return Place(venue.name, town.ward_code, town.ward, town.name, venue.address, venue.lat, venue.lng)
