"""Finding roles by word, place, activity and day. Distances are compared and never returned."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Coalesce, Cos, Power, Radians, Sin, Sqrt
from django.utils.translation import gettext_lazy as _

from organisations.models import AccessFeature, Activity, Role, RoleActivity, Skill, Slot, Town
from organisations.models.role import RoleQuerySet
from organisations.models.vocabulary import Term
from organisations.services import words
from organisations.services.places.points import check_has_point
from organisations.services.times.hours import Hours, within

LONGEST_SEARCH = 100
EARTH_KM = 6371.0
KM_PER_DEGREE = math.pi * EARTH_KM / 180
FURTHEST_KM = 50.0
JUNIOR_AGE = 15
ANY_HOURS = Hours()


def find(
    *,
    now: dt.datetime,
    text: str = "",
    town: Town | None = None,
    within_km: float | None = None,
    activity: Activity | None = None,
    hours: Hours = ANY_HOURS,
    online: bool | None = None,
    open_only: bool = True,
    access: Iterable[AccessFeature] = (),
    junior: bool = False,
) -> RoleQuerySet:
    """Return roles, the next one first, each once, with what a list shows.

    Every word of *text* must occur. A town alone means venues in it; with *within_km*, venues around its point. Online
    roles are nowhere: a place shuts them out unless ``online=True``, and then the place says nothing. The rows carry
    ``next_starts_at`` and ``places_left_total`` of their free slots (of those *hours*, where any were given).
    *junior*: roles that somebody of 15 may join.

    Raises
    ------
    TextTooLong, UnreadableText, TownWithoutPoint
    """
    slots = within(Slot.objects.filter(role=OuterRef("pk")), hours)
    roles = Role.objects.open() if open_only else Role.objects.public()
    if open_only:
        roles = roles.filter(Exists(slots.free(now)))
    elif hours.is_asked:
        roles = roles.filter(Exists(slots.filter(cancelled_at=None)))
    for word in words.fold(words.readable(text, at_most=LONGEST_SEARCH, field=_("さがすことば"))).split():
        roles = roles.filter(search_text__contains=word)  # Django escapes % and _
    if online is not None:
        roles = roles.filter(is_online=online)
    if town is not None and online is not True:
        roles = _near(roles, town, within_km)
    if activity is not None:
        roles = roles.filter(Exists(RoleActivity.objects.filter(role=OuterRef("pk"), activity__in=branch(activity))))
    for feature in access:
        roles = roles.filter(_offers(feature))
    if junior:
        roles = roles.filter(min_age__lte=JUNIOR_AGE)
    return with_list_fields(roles, slots.free(now))


def with_list_fields(roles: RoleQuerySet, free_slots: QuerySet[Slot]) -> RoleQuerySet:
    """Add what a list of roles shows, in three queries whatever its length; *free_slots* refer to the outer role."""
    free_slots = free_slots.order_by()
    left = free_slots.values("role").annotate(left=Sum(F("capacity") - F("taken"))).values("left")
    named = RoleActivity.objects.select_related("activity").order_by("position", "pk")
    return (
        roles.annotate(
            next_starts_at=Subquery(free_slots.order_by("starts_at").values("starts_at")[:1]),
            places_left_total=Coalesce(Subquery(left, output_field=IntegerField()), 0),
        )
        .select_related("organisation", "venue__town")
        .prefetch_related(Prefetch("role_activities", queryset=named), "activities", "access")
        .order_by(F("next_starts_at").asc(nulls_last=True), "pk")
    )


def fields_with_roles(*, now: dt.datetime, at_most: int) -> QuerySet[Activity]:
    """Return the fields of activity that one can join something in, those with most roles first.

    A role counts for the field of each activity that it names, and for that activity where it is a field itself.
    """
    free = Slot.objects.free(now).filter(role=OuterRef("pk"))
    joinable = Role.objects.open().filter(Exists(free)).order_by().values("pk")
    named = RoleActivity.objects.order_by().filter(
        Q(activity=OuterRef("pk")) | Q(activity__parent=OuterRef("pk")), role__in=joinable
    )
    counted = named.annotate(_all=Value(1)).values("_all").annotate(count=Count("role", distinct=True)).values("count")
    fields = Activity.objects.filter(parent=None).annotate(joinable=Subquery(counted)).filter(joinable__gt=0)
    return fields.order_by("-joinable", "position", "code")[:at_most]


def branch(activity: Activity) -> list[int]:
    """Return the ids of *activity* and of everything under it."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Activity.objects.order_by().values_list("pk", "parent"):
        children.setdefault(parent, []).append(pk)
    found = [activity.pk]
    for pk in found:  # grows while it is read
        found += [child for child in children.get(pk, []) if child not in found]
    return found


def index(*, roles: QuerySet[Role]) -> int:
    """Write anew the folded words by which *roles* are found; say how many."""
    rows = list(
        roles.order_by("pk")
        .select_related("organisation", "venue__town")
        .prefetch_related("activities__parent", "skills")
        .distinct()
    )
    for role in rows:
        role.search_text = _words_of(role)
    return Role.objects.bulk_update(rows, ["search_text"], batch_size=500)


def _words_of(role: Role) -> str:
    texts = [role.title, role.title_easy, role.title_en, role.summary, role.summary_en, role.organisation.name]
    if role.venue is not None:
        texts += [role.venue.name, role.venue.town.name, role.venue.town.kana]
    return folded([*texts, *words_of_terms(role.activities.all(), role.skills.all())])


def words_of_terms(activities: Iterable[Activity], skills: Iterable[Skill] = ()) -> list[str]:
    """Return all the ways to say *activities*, the fields above them, and *skills*."""
    texts = [name for activity in activities for name in names_of(activity)]
    for skill in skills:
        texts += [*_names(skill), *skill.synonyms]
    return texts


def names_of(activity: Activity) -> list[str]:
    """Return everything that *activity* is called, and what its field is called."""
    names = [*_names(activity), *activity.synonyms, activity.kana]
    return names + (_names(activity.parent) if activity.parent else [])


def folded(texts: Iterable[str]) -> str:
    """Return what the search looks in: each text once, folded, on a line of its own."""
    return "\n".join(dict.fromkeys(words.fold(text) for text in texts if text))


def _names(term: Term) -> list[str]:
    return [term.ja, term.en, term.easy_ja]


def _offers(feature: AccessFeature) -> Q:
    known = Q(Exists(Role.access.through.objects.filter(role=OuterRef("pk"), accessfeature=feature)))
    return known | Q(is_online=True) if feature.is_about_place else known


def _near(roles: RoleQuerySet, town: Town, within_km: float | None) -> RoleQuerySet:
    if within_km is None:
        return roles.filter(is_online=False, venue__town=town)
    check_has_point(town)
    lat, lng = float(town.lat or 0), float(town.lng or 0)
    within_km = min(max(within_km, 0.0), FURTHEST_KM)
    high = within_km / KM_PER_DEGREE
    wide = high / math.cos(math.radians(min(abs(lat) + high, 89.0)))
    box = Q(venue__lat__range=(lat - high, lat + high), venue__lng__range=(lng - wide, lng + wide))
    return roles.filter(box, is_online=False).alias(_km=haversine(lat, lng, of="venue")).filter(_km__lte=within_km)


def haversine(lat: float, lng: float, *, of: str) -> Combinable:
    """Kilometres from a point in degrees to that of the relation *of*, as an expression of the database."""
    there_lat, there_lng = F(f"{of}__lat"), F(f"{of}__lng")
    half_lat = (Radians(there_lat) - math.radians(lat)) / 2.0
    half_lng = (Radians(there_lng) - math.radians(lng)) / 2.0
    chord = Power(Sin(half_lat), 2) + Power(Sin(half_lng), 2) * Cos(Radians(there_lat)) * math.cos(math.radians(lat))
    return 2 * EARTH_KM * ASin(Sqrt(chord))
