"""Nothing happens under 16 before a guardian agreed; they do so by a link of their own, and can take it back."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind, GuardianScope
from notifications.models import Channel, ContactPoint, Notification
from notifications.services import calls, outbox
from tests.factories import NOW, JuniorFactory, SlotFactory, UserFactory
from tests.volunteers.services.guardians.given import EACH, TEXT, answer, ask, consent_of, link_in
from volunteers.models.application import ApplicationStatus
from volunteers.services.guardians import answering, consenting, letters
from volunteers.services.refusals import GuardianNotAsked
from volunteers.services.taking_part import applications, joining

pytestmark = pytest.mark.django_db


def test_a_yes_is_kept_in_the_exact_words_with_scope_and_an_end(junior):
    answer(ask(junior), scope=[GuardianScope.TAKE_PART, GuardianScope.PHOTO])
    consent = consent_of(junior)
    assert (consent.text, consent.guardian_name, consent.recorded_by.email) == (TEXT, "母", "mother@yaritai.example")
    assert consent.scope == ["take_part", "photo"]
    assert consent.expires_on == dt.date(2028, 2, 29)


def test_a_yes_said_twice_is_one_consent_in_force_and_one_letter_each(junior):
    request = ask(junior)
    answer(request)
    answer(request, now=NOW + dt.timedelta(seconds=2))
    assert Consent.objects.filter(user=junior.user, kind=ConsentKind.GUARDIAN).count() == 1
    assert Notification.objects.filter(kind__in=["guardian_thanks", "guardian_given"]).count() == 2
    answer(request, scope=[GuardianScope.TAKE_PART, GuardianScope.PHOTO], now=NOW + dt.timedelta(seconds=4))
    assert consent_of(junior).scope == ["take_part", "photo"]


def test_the_young_hear_of_it_from_a_coordinator(junior):
    answer(ask(junior))
    assert Notification.objects.get(kind="guardian_given").channel == Channel.CALL_LIST


def _lines(junior, now):
    """What a coordinator has to say at that moment, everything having gone out that is still right."""
    ContactPoint.objects.get_or_create(user=junior.user, channel=Channel.CALL_LIST, address="045-000-2005")
    outbox.deliver_due(now=now, still_right=letters.STILL_RIGHT)
    return [line.kind for line in calls.open_lines(users=User.objects.filter(pk=junior.user_id))]


@pytest.mark.parametrize("is_on_the_list", [True, False])
def test_an_answer_that_was_changed_is_one_call(junior, is_on_the_list):
    request, later = ask(junior), NOW + dt.timedelta(minutes=5)
    answer(request)
    assert not is_on_the_list or _lines(junior, NOW) == ["guardian_given"]
    answer(request, scope=[GuardianScope.TAKE_PART, GuardianScope.PHOTO], now=later)
    assert _lines(junior, later) == ["guardian_given"]
    latest = Notification.objects.get(kind="guardian_given", created_at=later)
    assert [line.pk for line in calls.open_lines(users=User.objects.all())] == [latest.pk]


def test_that_places_were_called_off_is_told_whatever_comes_after(junior):
    request, moments = ask(junior), [NOW + dt.timedelta(minutes=minutes) for minutes in range(3)]
    answer(request)
    assert _lines(junior, moments[0]) == ["guardian_given"]
    consenting.withdraw(volunteer=junior, now=moments[1], actor=request.guardian)
    assert _lines(junior, moments[1]) == ["guardian_withdrawn"]
    request.refresh_from_db()
    answer(request, now=moments[2])
    assert _lines(junior, moments[2]) == ["guardian_withdrawn", "guardian_given"]


def test_a_no_leaves_everything_as_it_was_and_the_young_person_hears_it(junior):
    request = answer(ask(junior), is_given=False)
    assert (request.is_given, consent_of(junior)) == (False, None)
    assert Notification.objects.filter(kind="guardian_refused").count() == 1
    answer(request)
    assert consent_of(junior) is not None


def test_who_registers_as_a_young_person_before_answering_cannot_agree(junior):
    request = ask(junior)
    JuniorFactory(user=request.guardian)
    with pytest.raises(answering.GuardianTooYoung):
        answer(request)
    assert consent_of(junior) is None


def test_of_an_activity_only_who_agreed_is_asked(junior):
    consenting.record(volunteer=junior, guardian_name="父", scope=EACH, until=None, text=TEXT, now=NOW, actor=None)
    ask(junior, email=JuniorFactory().user.email)
    joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user)
    assert not Notification.objects.filter(kind="guardian_each_time").exists()


def test_who_is_asked_each_time_gets_a_link_about_the_activity_and_nothing_goes_on_without_a_yes(junior):
    answer(ask(junior), scope=EACH)
    asked = joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user)
    letter = Notification.objects.get(kind="guardian_each_time")
    assert (letter.user.email, link_in(letter).target_id) == ("mother@yaritai.example", str(asked.pk))
    with pytest.raises(GuardianNotAsked):
        applications.release(application=asked, now=NOW, actor=None)
    answering.answer_each(application=asked, is_given=True, now=NOW, actor=letter.user)
    assert applications.release(application=asked, now=NOW, actor=None).released_at == NOW


def test_who_wants_to_be_asked_from_now_on_is_asked_about_what_is_open(junior):
    request = answer(ask(junior))
    asked = joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user)
    answer(request, scope=EACH, now=NOW + dt.timedelta(hours=1))
    assert link_in(Notification.objects.get(kind="guardian_each_time")).target_id == str(asked.pk)


def test_either_guardian_may_end_it(junior):
    mother = answer(ask(junior))
    answer(ask(junior, email="father@yaritai.example"), now=NOW + dt.timedelta(hours=1))
    answer(mother, is_given=False, now=NOW + dt.timedelta(hours=2))
    assert consent_of(junior) is None


def test_a_no_to_one_activity_takes_only_that_back(junior):
    answer(ask(junior), scope=EACH)
    one, two = (joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user) for _ in range(2))
    answering.answer_each(application=one, is_given=False, now=NOW, actor=UserFactory())
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.status, two.status) == (ApplicationStatus.WITHDRAWN, ApplicationStatus.ASKED)
