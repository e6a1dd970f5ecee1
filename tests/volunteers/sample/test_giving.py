"""Needs, offers and what came of them in the sample ward."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from matching.services.proposing import offers
from notifications.models import Notification
from organisations.models import Booking, CaseStudy, Cooperation, Hold, Need, Offer, Worry
from organisations.models.cooperation import CooperationStatus, ProposedBy
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from volunteers.models import Pledge
from volunteers.sample import ward
from web.management import demo_report

NOW = dt.datetime(2026, 11, 24, 8, tzinfo=timezone.get_default_timezone())
# What anybody would bring together, by a word of either title.
BELONGS = {"乗り合いの買い物便": "送迎車", "飲み水": "保存水", "体操を教えて": "転ばない体"}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _ward(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The ward, written once for this file, and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        ward.load(now=NOW)
        yield
        transaction.set_rollback(True)


def test_there_is_something_of_every_kind_and_state() -> None:
    assert set(Offer.objects.open().values_list("kind", flat=True)) == set(Help.values)
    assert Need.objects.open().count() >= 7
    assert Need.objects.filter(status=NeedStatus.DRAFT).exists()
    states = dict(Cooperation.objects.order_by().values_list("status").annotate(Count("pk")))
    assert set(states) == set(CooperationStatus.values)
    assert CaseStudy.objects.public().count() == states[CooperationStatus.DONE] == 2
    assert Booking.objects.filter(cancelled_at=None, is_exclusive=True).count() == 2
    assert Pledge.objects.alive().count() == 2


def test_worries_wait_under_their_seal_and_nobody_was_told() -> None:
    waiting = Worry.objects.unanswered()
    assert waiting.count() == 3
    assert {worry.is_about_other for worry in waiting} == {True, False}
    assert all(bytes(worry.sealed or b"") and b"045" not in bytes(worry.sealed or b"") for worry in waiting)
    assert not Notification.objects.filter(about__has_key="worry").exists()


def test_a_company_s_team_holds_places_that_nobody_else_can_take() -> None:
    hold = Hold.objects.alive().get()
    assert hold.places == hold.team.size <= hold.slot.taken
    assert NOW < hold.held_until < hold.slot.starts_at


def test_what_belongs_together_is_proposed_first() -> None:
    assert offers.propose(now=NOW) >= len(BELONGS)
    found = Cooperation.objects.filter(proposed_by=ProposedBy.SERVICE, score__isnull=False)
    for need, offer in BELONGS.items():
        best = found.filter(need__title__contains=need).order_by("-score")[0]
        assert offer in best.offer.title
    said = "\n".join(demo_report.offers())
    assert "送迎車が空いている昼間の時間(特別養護老人ホーム こだちの家)" in said
    assert "どちらも「買い物バスの添乗」のことです" in said
