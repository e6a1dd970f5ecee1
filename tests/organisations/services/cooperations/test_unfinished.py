"""Days after a cooperation its sides are asked once whether it is done; not about what is over, or long ago."""

from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Channel, ContactPoint, Notification
from notifications.services import outbox
from organisations.models import Cooperation
from organisations.services.cooperations import ending, unfinished
from tests.factories import NOW, CooperationFactory, DeskMembershipFactory, MembershipFactory, OrganisationFactory, at
from tests.together import together
from worker.tasks import RECHECKS

HOUR, ENDED = dt.timedelta(hours=1), at(5, 12)
DUE = ENDED + unfinished.AFTER
AGREED = {"status": "agreed", "agreed_at": NOW} | {f"{side}_agreed_at": NOW for side in ("offer", "host", "desk")}
TIME = {"starts_at": at(5, 9), "ends_at": ENDED}


def agreed(**more) -> Cooperation:
    """Between two organisations of one person each, in the area of a coordinator."""
    desk = DeskMembershipFactory()
    row = CooperationFactory(host=OrganisationFactory(town=desk.desk.organisation.town), **AGREED, **more)
    for organisation in (row.offer.organisation, row.host):
        user = MembershipFactory(organisation=organisation).user
        ContactPoint.objects.create(user=user, channel=Channel.EMAIL, address=user.email, verified_at=NOW)
    return row


def deliver():
    return outbox.deliver_due(now=DUE + HOUR, still_right=RECHECKS, limit=9)


@pytest.mark.django_db
def test_both_organisations_days_later_and_once():
    row = agreed(**TIME)
    assert unfinished.ask(now=DUE - HOUR) == 0
    assert [unfinished.ask(now=now) for now in (DUE, DUE, DUE + HOUR)] == [1, 0, 0]
    told = Notification.objects.all()
    assert {one.about["about"] for one in told} == {"offer", "host"}
    assert {one.user.memberships.get().organisation for one in told} == {row.offer.organisation, row.host}
    assert all(one.url.endswith(f"/organisation/cooperations/{row.pk}/") for one in told)
    assert deliver().sent == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_letter_each():
    agreed(**TIME)
    together(4, lambda _number: unfinished.ask(now=DUE))
    assert Notification.objects.count() == 2


@pytest.mark.django_db
def test_what_has_no_time_is_asked_about_a_month_after_it_was_agreed():
    agreed()
    due = NOW + unfinished.WITHOUT_A_TIME + unfinished.AFTER
    assert [unfinished.ask(now=now) for now in (due - HOUR, due)] == [0, 1]


@pytest.mark.django_db
def test_nobody_is_asked_about_what_is_done_called_off_or_long_ago():
    done, off = agreed(**TIME), agreed(**TIME)
    CooperationFactory(**TIME)
    ending.finish(cooperation=done, now=ENDED, actor=None)
    ending.end(cooperation=off, side="host", reason="雨で", now=NOW, actor=None)
    assert unfinished.ask(now=DUE) == 0
    agreed(**TIME)
    assert unfinished.ask(now=ENDED + unfinished.AT_MOST) == 0


@pytest.mark.django_db
def test_what_was_finished_meanwhile_is_not_asked():
    row = agreed(**TIME)
    unfinished.ask(now=DUE)
    asked = Notification.objects.filter(kind="cooperation_unfinished")
    ending.finish(cooperation=row, now=DUE, actor=None)
    deliver()
    assert [one.status for one in asked] == ["dropped", "dropped"]


@pytest.mark.django_db
def test_where_nobody_acts_for_either_the_desk_is_asked():
    desk = DeskMembershipFactory()
    CooperationFactory(host=OrganisationFactory(town=desk.desk.organisation.town), **AGREED, **TIME)
    unfinished.ask(now=DUE)
    assert [(one.user, one.about["about"]) for one in Notification.objects.all()] == [(desk.user, "desk")]
