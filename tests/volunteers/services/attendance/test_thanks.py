from __future__ import annotations

from typing import Any

import pytest

from accounts.models import AuditEntry
from notifications.models import Channel, Notification
from organisations.models import Slot
from organisations.services import words
from tests.factories import NOW, AttendanceFactory, JuniorFactory, PlacementFactory, SlotFactory, UserFactory, at
from tests.together import together
from volunteers.models import Placement, Thanks
from volunteers.services.attendance import thanks

pytestmark = pytest.mark.django_db
TEXT = "おかげで 100% きれいになりました。%(role)s"


def came(slot: Slot, **volunteer: Any) -> Placement:
    made: Placement = AttendanceFactory(
        placement=PlacementFactory(slot=slot, **{f"volunteer__{name}": value for name, value in volunteer.items()})
    ).placement
    return made


def test_everybody_who_came_is_thanked_in_a_letter_of_their_own() -> None:
    slot, host = SlotFactory(role__title="駅前の花だん"), UserFactory()
    here = [came(slot), came(slot)]
    AttendanceFactory(placement=PlacementFactory(slot=slot), came=False, minutes=0)
    PlacementFactory(slot=slot)
    AttendanceFactory(placement=PlacementFactory(slot=slot, cancelled_at=NOW))
    came(SlotFactory(role=slot.role))
    assert thanks.give(slot=slot, text=f" {TEXT}\r\n", now=at(5, 12), actor=host) == 2
    assert {(row.placement_id, row.text, row.by) for row in Thanks.objects.all()} == {
        (row.pk, TEXT, host) for row in here
    }
    told = Notification.objects.all()
    assert {letter.user_id for letter in told} == {row.volunteer.user_id for row in here}
    for letter in told:
        assert letter.title == "お礼がとどきました:駅前の花だん"
        assert letter.body.endswith(TEXT)
        assert letter.url.endswith("/my/record/")
    assert AuditEntry.objects.get(action="thanks.give").detail == {"people": 2}


def test_nobody_is_thanked_twice_and_late_comers_are_not_forgotten() -> None:
    slot = SlotFactory()
    first = came(slot)
    thanks.give(slot=slot, text="ありがとう", now=at(5, 12), actor=None)
    with pytest.raises(thanks.NobodyToThank):
        thanks.give(slot=slot, text="もう一度", now=at(5, 13), actor=None)
    second = came(slot)
    assert thanks.give(slot=slot, text="あなたにも", now=at(6, 9), actor=None) == 1
    assert {(row.placement, row.text) for row in Thanks.objects.all()} == {
        (first, "ありがとう"),
        (second, "あなたにも"),
    }


def test_the_young_hear_it_from_a_coordinator() -> None:
    placement = AttendanceFactory(placement=PlacementFactory(volunteer=JuniorFactory())).placement
    thanks.give(slot=placement.slot, text="ありがとう", now=at(5, 12), actor=None)
    assert Notification.objects.get().channel == Channel.CALL_LIST


@pytest.mark.parametrize(
    ("text", "refusal"),
    [(" \n", words.TextMissing), ("あ" * 501, words.TextTooLong), ("\x07", words.UnreadableText)],
)
def test_what_cannot_be_said_is_refused(text: str, refusal: type[Exception]) -> None:
    slot = SlotFactory()
    came(slot)
    with pytest.raises(refusal):
        thanks.give(slot=slot, text=text, now=at(5, 12), actor=None)
    assert not Thanks.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_hosts_at_once_thank_once() -> None:
    slot = SlotFactory()
    came(slot)
    done = together(4, lambda _number: thanks.give(slot=slot, text="ありがとう", now=at(5, 12), actor=None))
    assert [result for result in done if result == 1] == [1]
    assert sum(isinstance(result, thanks.NobodyToThank) for result in done) == 3
    assert Notification.objects.count() == 1
