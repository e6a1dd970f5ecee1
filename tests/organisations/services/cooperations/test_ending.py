"""Any side may call it off, and says why; what nobody can agree to any more ends by itself."""

from __future__ import annotations

import pytest

from organisations.models.cooperation import CooperationStatus, Side
from organisations.services import words
from organisations.services.cooperations import ending, held
from organisations.services.offers import closing
from tests.factories import OfferFactory, at
from tests.organisations.services.cooperations.given import LATER, TIME, ask, no, yes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("side", list(Side))
def test_any_side_may_and_says_why(side):
    row = no(ask(), side, " 日にちが合いません ")
    assert (row.status, row.ended_by, row.end_reason) == (CooperationStatus.ENDED, side, "日にちが合いません")
    with pytest.raises(held.WrongCooperationStatus):
        no(row, side)
    with pytest.raises(held.WrongCooperationStatus):
        yes(row, Side.OFFER)


def test_a_reason_is_wanted():
    with pytest.raises(words.TextMissing):
        no(ask(), reason=" ")


def test_the_room_is_free_again():
    offer = OfferFactory()
    no(yes(ask(offer, **TIME), *Side))
    assert yes(ask(offer, **TIME), *Side).status == CooperationStatus.AGREED


def test_what_nobody_can_agree_to_any_more_ends_by_itself():
    over, late, alive, settled = ask(), ask(**TIME), ask(), yes(ask(**TIME), *Side)
    closing.close(offer=over.offer, now=LATER, actor=None)
    assert ending.end_stale(now=at(5, 9)) == 2
    assert ending.end_stale(now=at(5, 9)) == 0
    for row, status in ((over, "ended"), (late, "ended"), (alive, "proposed"), (settled, "agreed")):
        row.refresh_from_db()
        assert row.status == status


def test_done_once_it_has_begun():
    row = yes(ask(**TIME), *Side)
    with pytest.raises(ending.NotOverYet):
        ending.finish(cooperation=row, now=LATER, actor=None)
    done = ending.finish(cooperation=row, now=at(5, 12), actor=None)
    assert (done.status, done.done_at) == (CooperationStatus.DONE, at(5, 12))
    with pytest.raises(held.WrongCooperationStatus):
        no(done)
    with pytest.raises(held.WrongCooperationStatus):
        ending.finish(cooperation=ask(), now=LATER, actor=None)
