"""What the ward lacks and has to give, what was agreed between the two, and who would help."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications.models import Notification
from organisations.models import CaseStudy, Cooperation, District, Need, Offer, Organisation, SupportDesk
from organisations.models.cooperation import ProposedBy, Side
from organisations.models.offer import Help
from organisations.services.cooperations import agreeing, ending, sides
from organisations.services.cooperations import asking as cooperations_asking
from organisations.services.needs import posting
from organisations.services.offers import approval, vehicles, writing
from volunteers.models import Pledge
from volunteers.sample import asking, hours, reading
from volunteers.sample.asking import Asking
from volunteers.sample.open_ends import Written

FOLDER = reading.DATA / "giving"
# Everything was there before the first of the cooperations.
BEFORE = dt.timedelta(days=45)
_WORDS = ("title", "title_en", "summary", "summary_en")
_SHARED = ("people", "quantity", "when")
_OFFER_FIELDS = (*_WORDS, "kind", "conditions", "not_possible", "unit", *_SHARED, "within_km", "notice_days")
_NEED_FIELDS = (*_WORDS, "helps", *_SHARED, "minutes")


def load(written: Written, asked: Asking) -> dict[str, Organisation]:
    """Write what is missing of it; the second time, nothing. Returns who only gives, by key."""
    letters = set(_letters().values_list("pk", flat=True))
    givers = {entry["key"]: asking.organisation(entry, asked) for entry in reading.document(FOLDER / "givers.yaml")}
    owners = {**written.organisations, **givers}
    given = {entry["key"]: _offer(entry, owners, asked) for entry in reading.document(FOLDER / "offers.yaml")}
    wanted = {entry["key"]: _need(entry, owners, asked) for entry in reading.document(FOLDER / "needs.yaml")}
    came_of_it = reading.document(FOLDER / "cooperations.yaml")
    for entry in came_of_it["cooperations"]:
        _cooperation(entry, given[entry["offer"]], wanted[entry["need"]], asked)
    for entry in came_of_it["pledges"]:
        people, need = written.people[entry["person"]], wanted[entry["need"]]
        Pledge.objects.get_or_create(
            volunteer=people, need=need, defaults={"words": entry["words"], "pledged_at": asked.now}
        )
    # Nobody of the sample is told what is made up to lie behind them.
    _letters().exclude(pk__in=letters).delete()
    return givers


def _letters() -> QuerySet[Notification]:
    return Notification.objects.filter(Q(about__has_key="offer") | Q(about__has_key="cooperation"))


def _offer(entry: dict[str, Any], owners: dict[str, Organisation], asked: Asking) -> Offer:
    owner, then = owners[entry["owner"]], asked.now - BEFORE
    known = Offer.objects.filter(organisation=owner, title=entry["title"]).first()
    if known is not None:
        return known
    offer = writing.draft(
        organisation=owner,
        now=then,
        actor=asked.actor,
        activities=[asked.vocabulary.activities[code] for code in entry["activities"]],
        access=[asked.vocabulary.access[code] for code in entry.get("access", [])],
        **{name: entry[name] for name in _OFFER_FIELDS if name in entry},
        **_food(entry, asked.now),
    )
    offer = approval.submit(offer=offer, now=then, actor=asked.actor)
    if offer.kind == Help.VEHICLE:
        offer = vehicles.check(offer=offer, now=then, actor=asked.actor)
    return approval.publish(offer=offer, now=then, actor=asked.actor)


def _food(entry: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    if "keeps_days" not in entry:
        return {}
    keeps = timezone.localdate(now) + dt.timedelta(days=entry["keeps_days"])
    return {"is_food": True, "is_unopened": True, "keeps_at_room_temperature": True, "best_before": keeps}


def _need(entry: dict[str, Any], owners: dict[str, Organisation], asked: Asking) -> Need:
    desk, then = SupportDesk.objects.get(organisation=owners[entry["desk"]]), asked.now - BEFORE
    known = Need.objects.filter(desk=desk, title=entry["title"]).first()
    if known is not None:
        return known
    need = posting.draft(
        desk=desk,
        place=asked.towns[entry["town"]] if "town" in entry else District.objects.get(code=entry["district"]),
        now=then,
        actor=asked.actor,
        is_checked=True,
        activities=[asked.vocabulary.activities[code] for code in entry["activities"]],
        wanted_until=timezone.localdate(asked.now) + dt.timedelta(days=entry["for_days"]),
        **{name: entry[name] for name in _NEED_FIELDS if name in entry},
    )
    return need if entry.get("draft") else posting.publish(need=need, now=then, actor=asked.actor, is_checked=True)


def _cooperation(entry: dict[str, Any], offer: Offer, need: Need, asked: Asking) -> None:
    """Let a cooperation go its way: proposed, agreed, over or ended."""
    if Cooperation.objects.filter(offer=offer, need=need).exists():
        return
    then, (start, end) = asked.now - dt.timedelta(days=entry["ago"]), _times(entry, asked.now)
    row = cooperations_asking.propose(
        offer=offer,
        host=sides.host_of(need),
        need=need,
        proposed_by=ProposedBy.SERVICE,
        now=then,
        starts_at=start,
        ends_at=end,
        quantity=entry["quantity"],
    )
    for number, side in enumerate(entry["agreed"]):
        row = agreeing.agree(cooperation=row, side=side, now=then + dt.timedelta(hours=number + 1), actor=None)
    if "end" in entry:
        ending.end(cooperation=row, now=asked.now, actor=None, **entry["end"])
    if entry.get("is_done"):
        row = ending.finish(cooperation=row, now=asked.now, actor=None)
        _case(row, entry["case"], asked.now)
        posting.close(need=need, now=asked.now, actor=asked.actor)


def _times(entry: dict[str, Any], now: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when it is: on the first such weekday after ``in`` days from when it was proposed."""
    if "at" not in entry:
        return None, None
    (weekday,) = hours.weekdays(entry["weekday"])
    begin = timezone.localdate(now) + dt.timedelta(days=entry["in"] - entry["ago"])
    ((start, end),) = hours.spans(entry["at"])
    midnight = dt.datetime.combine(hours.coming(begin, weekday), dt.time())
    first, last = (timezone.make_aware(midnight + dt.timedelta(minutes=minutes)) for minutes in (start, end))
    return first, last


def _case(row: Cooperation, entry: dict[str, Any], now: dt.datetime) -> None:
    """Tell it to others; both sides have read these words."""
    agreed = dict.fromkeys((f"{Side.OFFER.value}_agreed_at", f"{Side.HOST.value}_agreed_at"), now)
    CaseStudy.objects.create(cooperation=row, changed_at=now, published_at=now, **agreed, **entry)
