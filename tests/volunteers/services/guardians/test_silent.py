from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import retention
from matching.services.retention import RULES
from notifications.models import Channel, Notification
from tests.factories import NOW, ConsentFactory, GuardianRequestFactory, InvitationFactory, JuniorFactory, UserFactory
from volunteers.models import Volunteer
from volunteers.services.guardians import silent

DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


def asked(days: int, **fields: object) -> Volunteer:
    person: Volunteer = GuardianRequestFactory(asked_at=NOW - days * DAY, **fields).volunteer
    return person


def forget() -> set[int]:
    retention.forget(RULES, now=NOW)
    return set(Volunteer.objects.values_list("pk", flat=True))


def test_a_month_after_the_last_question_without_an_answer_the_profile_goes() -> None:
    gone, waits = asked(31), asked(29)
    again = asked(40, answered_at=None)
    no = asked(60, answered_at=NOW, is_given=False)
    old_enough = asked(60, volunteer__born_on=dt.date(2011, 3, 1))
    on_paper = asked(60)
    ConsentFactory(user=on_paper.user, kind=ConsentKind.GUARDIAN)
    never_asked = JuniorFactory(guardian=None)
    again.guardian_requests.update(asked_at=NOW - DAY)
    stay = {one.pk for one in (waits, again, no, old_enough, on_paper, never_asked)}
    assert forget() == stay
    assert forget() == stay
    gone.user.refresh_from_db()
    assert (gone.user.closed_at, gone.user.email) == (NOW, None)


def test_a_week_before_a_coordinator_is_asked_to_tell_them_once() -> None:
    soon, _later = asked(24), asked(20)
    assert (silent.warn(now=NOW), silent.warn(now=NOW)) == (1, 1)
    letter = Notification.objects.get()
    assert (letter.user, letter.channel) == (soon.user, Channel.CALL_LIST)
    still_right = silent.STILL_RIGHT[letter.kind]
    assert still_right(letter, NOW)
    soon.guardian_requests.update(answered_at=NOW, is_given=False)
    assert not still_right(letter, NOW)


def test_an_address_that_never_came_goes_unless_there_is_something_to_come_for() -> None:
    old = {"joined_at": NOW - 91 * DAY}
    never, young = UserFactory(**old), UserFactory(joined_at=NOW - 89 * DAY)
    came = UserFactory(**old, last_login=NOW - 91 * DAY)
    invited = InvitationFactory(user=UserFactory(**old), expires_at=NOW + DAY).user
    guardian = GuardianRequestFactory(guardian=UserFactory(**old)).guardian
    closed = UserFactory(**old, closed_at=NOW, is_active=False)
    forget()
    left = User.objects.filter(pk__in=[one.pk for one in (never, young, came, invited, guardian, closed)])
    assert set(left) == {young, came, invited, guardian, closed}
