"""A reader that starts at the beginning and always goes on from the last item knows what there is, and what is gone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from organisations.models import FeedItem, Role, Slot
from organisations.models.feed_item import FeedKind
from organisations.models.organisation import Approval
from organisations.models.role import RoleStatus
from organisations.publicity.published import Published
from organisations.services.made_public import feeds, publishing
from tests.factories import NOW, SlotFactory, at
from tests.factories.contributing import NeedFactory, OfferFactory
from tests.together import together

pytestmark = pytest.mark.django_db


class Reader:
    """Keeps what it heard, as the format asks of a reader."""

    def __init__(self, kind: FeedKind = FeedKind.SLOT) -> None:
        self.kind = kind
        self.after: tuple[int, int] | None = None
        self.knows: dict[int, dict[str, Any]] = {}
        self.heard: list[tuple[int, bool]] = []

    def read(self, now: dt.datetime) -> set[int]:
        while items := feeds.page(kind=self.kind, after=self.after, now=now):
            for item in items:
                self.heard.append((item.ref, item.data is not None))
                self.knows.pop(item.ref, None)
                if item.data is not None:
                    self.knows[item.ref] = item.data
            self.after = (items[-1].modified, items[-1].ref)
        return set(self.knows)


def later(minutes: int) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


def test_a_reader_learns_what_is_there_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PAGE", 2)
    slots = SlotFactory.create_batch(5)
    assert feeds.note_changes(now=NOW) == 5
    reader = Reader()
    assert reader.read(NOW) == {slot.pk for slot in slots}
    assert len(reader.heard) == 5


def test_nothing_new_is_nothing_to_hear() -> None:
    SlotFactory()
    feeds.note_changes(now=NOW)
    reader = Reader()
    reader.read(NOW)
    assert feeds.note_changes(now=later(1)) == 0
    reader.read(later(1))
    assert len(reader.heard) == 1


def test_a_change_comes_again_after_all_that_was_read() -> None:
    slot, other = SlotFactory(), SlotFactory()
    feeds.note_changes(now=NOW)
    reader = Reader()
    reader.read(NOW)
    slot.role.title = "べつの名前"
    slot.role.save()
    # Within the same moment, so that the clock does not tell them apart.
    assert feeds.note_changes(now=NOW) == 1
    assert reader.read(NOW) == {slot.pk, other.pk}
    assert reader.heard[-1] == (slot.pk, True)
    assert reader.knows[slot.pk]["superEvent"]["name"] == "べつの名前"


@pytest.mark.parametrize(
    "goes",
    [
        lambda slot: Slot.objects.filter(pk=slot.pk).update(cancelled_at=NOW),
        lambda slot: type(slot.role).objects.filter(pk=slot.role_id).update(status=RoleStatus.RESTING),
        lambda slot: type(slot.role).objects.filter(pk=slot.role_id).update(status=RoleStatus.CANCELLED),
        lambda slot: slot.role.organisation.__class__.objects.update(approval=Approval.SUSPENDED),
        lambda slot: Slot.objects.filter(pk=slot.pk).delete(),
    ],
)
def test_what_goes_leaves_at_once_and_is_kept_as_gone(goes: Any) -> None:
    slot = SlotFactory()
    feeds.note_changes(now=NOW)
    known, new = Reader(), Reader()
    assert known.read(NOW) == {slot.pk}
    goes(slot)
    assert new.read(NOW) == set()
    assert feeds.note_changes(now=later(1)) == 1
    assert known.read(later(1)) == set()
    assert FeedItem.objects.get().is_deleted


def test_a_time_that_is_over_is_gone_without_anybody_doing_anything() -> None:
    SlotFactory(starts_at=at(5, 9))
    feeds.note_changes(now=NOW)
    assert Reader().read(at(5, 8))
    assert not Reader().read(at(5, 10))


def test_what_comes_back_is_there_again() -> None:
    slot = SlotFactory()
    feeds.note_changes(now=NOW)
    reader = Reader()
    reader.read(NOW)
    for minute, status in ((1, RoleStatus.RESTING), (2, RoleStatus.OPEN)):
        slot.role.status = status
        slot.role.save()
        feeds.note_changes(now=later(minute))
    assert reader.read(later(2)) == {slot.pk}


def test_a_city_is_looked_at_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PIECE", 2)
    slots = SlotFactory.create_batch(6)
    assert [feeds.note_changes(now=later(minute)) for minute in range(3)] == [2, 2, 2]
    reader = Reader()
    assert reader.read(later(3)) == {slot.pk for slot in slots}
    slots[0].delete()
    assert sum(feeds.note_changes(now=later(minute)) for minute in range(3, 6)) == 1
    assert reader.read(later(6)) == {slot.pk for slot in slots[1:]}


def test_only_the_times_that_are_asked_for_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A note looks at some times of many roles: what else these have, and how it is said in words, goes nowhere."""
    one, *others = (SlotFactory(starts_at=at(days, 9)) for days in range(2, 5))
    Slot.objects.filter(pk__in=[other.pk for other in others]).update(role=one.role)
    everything = feeds.told(FeedKind.SLOT, NOW, {one.pk, *(other.pk for other in others)})
    read, of_role = list[int](), publishing.of_role

    def spied(role: Role, **how: Any) -> Published:
        read.extend(slot.pk for slot in vars(role)["coming"])
        return of_role(role, **how)

    monkeypatch.setattr(publishing, "of_role", spied)
    monkeypatch.setattr(publishing, "when", lambda _slot: pytest.fail("a time was said in words"))
    assert feeds.told(FeedKind.SLOT, NOW, {one.pk}) == {one.pk: everything[one.pk]}
    assert read == [one.pk]


def test_needs_and_offers_are_read_the_same_way() -> None:
    need, offer = NeedFactory(), OfferFactory()
    assert feeds.note_changes(now=NOW) == 2
    needs, offers = Reader(FeedKind.NEED), Reader(FeedKind.OFFER)
    assert (needs.read(NOW), offers.read(NOW)) == ({need.pk}, {offer.pk})
    assert needs.knows[need.pk]["@type"] == "Demand"


@pytest.mark.django_db(transaction=True)
def test_two_who_note_at_once_note_once() -> None:
    SlotFactory.create_batch(3)
    assert set(together(2, lambda _number: feeds.note_changes(now=NOW))) == {0, 3}
