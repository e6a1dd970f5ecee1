"""Nothing happens under 16 before a guardian agreed; they do so by a link of their own, and can take it back."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind, GuardianScope
from accounts.services import consents
from notifications.models import ActionLink, Channel, ContactPoint, Notification
from notifications.services import calls, links, outbox
from tests.factories import (
    NOW,
    ApplicationFactory,
    DeskMembershipFactory,
    JuniorFactory,
    MembershipFactory,
    PlacementFactory,
    RoleFactory,
    SlotFactory,
    SupportDeskFactory,
    UserFactory,
    VolunteerFactory,
    WaitingFactory,
    at,
)
from volunteers.models import Application, GuardianRequest, Placement, Waiting
from volunteers.models.application import ApplicationStatus
from volunteers.services import guardian_letters, guardians
from volunteers.services.attendance import recording
from volunteers.services.refusals import GuardianNotAsked, NeedsGuardian
from volunteers.services.taking_part import applications, joining

pytestmark = pytest.mark.django_db

TEXT = "わたしはこの子の保護者です。"
EACH = [GuardianScope.TAKE_PART, GuardianScope.ASK_EACH_TIME]


def ask(junior, email="mother@yaritai.example", now=NOW, name="母"):
    return guardians.ask(volunteer=junior, name=name, email=email, relation="母", now=now, actor=junior.user)


def answer(request, *, is_given=True, scope=(GuardianScope.TAKE_PART,), now=NOW, until=None):
    return guardians.answer(request=request, is_given=is_given, text=TEXT, scope=scope, until=until, now=now)


def consent_of(junior):
    return Consent.objects.filter(user=junior.user, kind=ConsentKind.GUARDIAN, withdrawn_at=None).first()


def link_in(notification):
    (action,) = notification.actions
    return links.find(token=re.findall(r"/l/([^/]+)/", action["url"])[0], now=NOW)


@pytest.fixture
def junior():
    return JuniorFactory(guardian=None, user__name="みどり")


def test_the_guardian_gets_a_letter_with_a_link_of_their_own(junior):
    request = ask(junior)
    letter = Notification.objects.get(kind="guardian_asked")
    assert (letter.user.email, letter.channel) == ("mother@yaritai.example", Channel.EMAIL)
    assert "みどりさん" in letter.title
    link = link_in(letter)
    assert (link.user, link.action, link.target_id) == (request.guardian, "guardian", str(request.pk))
    assert not consents.holds(user=junior.user, kind=ConsentKind.GUARDIAN, on=NOW.date())


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
    outbox.deliver_due(now=now, still_right=guardian_letters.STILL_RIGHT)
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
    guardians.withdraw(volunteer=junior, now=moments[1], actor=request.guardian)
    assert _lines(junior, moments[1]) == ["guardian_withdrawn"]
    request.refresh_from_db()
    answer(request, now=moments[2])
    assert _lines(junior, moments[2]) == ["guardian_withdrawn", "guardian_given"]


@pytest.mark.parametrize(
    ("born_on", "until", "last"),
    [
        (dt.date(2013, 1, 15), None, dt.date(2028, 2, 29)),
        (dt.date(2013, 1, 15), dt.date(2027, 6, 30), dt.date(2027, 6, 30)),
        (dt.date(2013, 1, 15), dt.date(2040, 1, 1), dt.date(2028, 2, 29)),
        (dt.date(2011, 5, 5), None, dt.date(2027, 5, 4)),
        (dt.date(2009, 5, 5), None, dt.date(2027, 5, 4)),
    ],
)
def test_it_holds_a_year_at_most_and_never_past_the_birthday_that_changes_things(born_on, until, last):
    junior = JuniorFactory(guardian=None, born_on=born_on)
    answer(ask(junior), until=until)
    assert consent_of(junior).expires_on == last


def test_a_no_leaves_everything_as_it_was_and_the_young_person_hears_it(junior):
    request = answer(ask(junior), is_given=False)
    assert (request.is_given, consent_of(junior)) == (False, None)
    assert Notification.objects.filter(kind="guardian_refused").count() == 1
    answer(request)
    assert consent_of(junior) is not None


def test_taking_it_back_calls_off_what_is_ahead_and_says_no_reason(junior):
    request = answer(ask(junior))
    host = MembershipFactory()
    role = RoleFactory(organisation=host.organisation)
    past = PlacementFactory(volunteer=junior, slot=SlotFactory(role=role, starts_at=at(-3, 9), ends_at=at(-3, 10)))
    coming = PlacementFactory(volunteer=junior, slot=SlotFactory(role=role, taken=1))
    asked = ApplicationFactory(volunteer=junior, slot=SlotFactory(role=role))
    answer(request, is_given=False)
    for row in (past, coming, asked, request):
        row.refresh_from_db()
    assert (past.cancelled_at, asked.status) == (None, ApplicationStatus.WITHDRAWN)
    assert coming.cancelled_at is not None
    told = Notification.objects.filter(user=host.user)
    assert [one.kind for one in told] == ["placement_cancelled"]
    assert "保護者" not in told[0].title + told[0].body
    assert consent_of(junior) is None


def test_whom_one_may_not_ask(junior):
    with pytest.raises(guardians.OwnAddress):
        ask(junior, email=junior.user.email.upper())
    with pytest.raises(guardians.NameMissing):
        ask(junior, name=" ")
    with pytest.raises(guardians.NotNeeded):
        ask(VolunteerFactory())
    assert not Notification.objects.exists()


def test_a_friend_is_told_that_they_cannot_agree_and_gets_no_link(junior):
    friend = JuniorFactory(born_on=dt.date(2010, 9, 1))
    request = ask(junior, email=friend.user.email)
    letter = Notification.objects.get()
    assert (letter.kind, letter.user, letter.channel) == ("guardian_cannot_agree", friend.user, Channel.EMAIL)
    assert (letter.actions, letter.url.endswith("/desks/")) == ([], True)
    assert not ActionLink.objects.exists()
    with pytest.raises(guardians.GuardianTooYoung):
        answer(request)
    assert guardian_letters.STILL_RIGHT[letter.kind](letter, NOW)
    ask(junior)
    assert not guardian_letters.STILL_RIGHT[letter.kind](letter, NOW)


def test_who_registers_as_a_young_person_before_answering_cannot_agree(junior):
    request = ask(junior)
    JuniorFactory(user=request.guardian)
    with pytest.raises(guardians.GuardianTooYoung):
        answer(request)
    assert consent_of(junior) is None


def test_of_an_activity_only_who_agreed_is_asked(junior):
    guardians.record(volunteer=junior, guardian_name="父", scope=EACH, until=None, text=TEXT, now=NOW, actor=None)
    ask(junior, email=JuniorFactory().user.email)
    joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user)
    assert not Notification.objects.filter(kind="guardian_each_time").exists()


def test_a_guardian_who_is_here_already_is_asked_as_who_they_are(junior):
    mother = UserFactory(email="mother@yaritai.example", name="さくら")
    assert ask(junior).guardian == mother
    assert User.objects.get(pk=mother.pk).name == "さくら"


def test_asking_again_takes_the_earlier_question_back_and_is_not_done_without_end(junior):
    first = ask(junior)
    ask(junior, email="father@yaritai.example")
    with pytest.raises(guardians.NotAsked):
        answer(first)
    ask(junior)
    with pytest.raises(guardians.AskedTooOften):
        ask(junior)
    assert ask(junior, now=NOW + dt.timedelta(days=8)).asked_at > NOW
    assert GuardianRequest.objects.count() == 1


def test_the_letter_about_a_question_that_was_taken_back_is_not_sent(junior):
    ask(junior)
    ask(junior, email="father@yaritai.example")
    outbox.deliver_due(now=NOW, still_right=guardian_letters.STILL_RIGHT)
    states = dict(Notification.objects.filter(kind="guardian_asked").values_list("user__email", "status"))
    assert states["mother@yaritai.example"] == "dropped"
    assert states["father@yaritai.example"] != "dropped"


def test_a_paper_is_as_good(junior):
    coordinator = DeskMembershipFactory().user
    guardians.record(
        volunteer=junior, guardian_name="母", scope=["take_part"], until=None, text=TEXT, now=NOW, actor=coordinator
    )
    assert consent_of(junior).recorded_by == coordinator


def test_nobody_under_16_joins_before_and_everybody_may_ask_after(junior):
    slot = SlotFactory()
    with pytest.raises(NeedsGuardian):
        joining.join(volunteer=junior, slot=slot, now=NOW, actor=junior.user)
    answer(ask(junior))
    asked = joining.join(volunteer=junior, slot=slot, now=NOW, actor=junior.user)
    assert (type(asked), asked.released_at) == (Application, None)


def test_who_is_asked_each_time_gets_a_link_about_the_activity_and_nothing_goes_on_without_a_yes(junior):
    answer(ask(junior), scope=EACH)
    asked = joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user)
    letter = Notification.objects.get(kind="guardian_each_time")
    assert (letter.user.email, link_in(letter).target_id) == ("mother@yaritai.example", str(asked.pk))
    with pytest.raises(GuardianNotAsked):
        applications.release(application=asked, now=NOW, actor=None)
    guardians.answer_each(application=asked, is_given=True, now=NOW, actor=letter.user)
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


def test_taking_it_back_ends_waiting_and_frees_what_was_held(junior):
    request = answer(ask(junior))
    slot = SlotFactory(capacity=1, taken=1)
    WaitingFactory(volunteer=junior, slot=slot, offered_at=NOW, offered_until=at(0, 20), held=1)
    answer(request, is_given=False)
    slot.refresh_from_db()
    assert slot.taken == 0
    assert not Waiting.objects.alive().exists()


def test_at_sixteen_only_what_needs_a_guardian_is_called_off():
    junior = JuniorFactory(guardian=None, born_on=dt.date(2010, 9, 1))
    request = answer(ask(junior))
    free = PlacementFactory(volunteer=junior, slot=SlotFactory(taken=1, role__guardian_under=0))
    bound = PlacementFactory(
        volunteer=junior, slot=SlotFactory(taken=1, role__guardian_under=18, starts_at=at(9, 9), ends_at=at(9, 10))
    )
    answer(request, is_given=False)
    free.refresh_from_db()
    bound.refresh_from_db()
    assert (free.cancelled_at, bound.cancelled_at) == (None, NOW)


def test_nobody_checks_in_after_the_consent_is_gone(junior):
    slot = SlotFactory(taken=1, starts_at=NOW, ends_at=at(0, 12))
    PlacementFactory(volunteer=junior, slot=slot)
    with pytest.raises(recording.NotComing):
        recording.check_in(volunteer=junior, slot=slot, now=NOW)
    answer(ask(junior))
    assert recording.check_in(volunteer=junior, slot=slot, now=NOW).came


def test_at_sixteen_who_is_asked_each_time_is_still_looked_at_first():
    junior = JuniorFactory(guardian=None, born_on=dt.date(2010, 9, 1))
    answer(ask(junior), scope=EACH)
    assert isinstance(joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user), Application)
    other = JuniorFactory(guardian=None, born_on=dt.date(2010, 9, 1))
    answer(ask(other))
    assert isinstance(joining.join(volunteer=other, slot=SlotFactory(), now=NOW, actor=other.user), Placement)


def test_a_no_to_one_activity_takes_only_that_back(junior):
    answer(ask(junior), scope=EACH)
    one, two = (joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user) for _ in range(2))
    guardians.answer_each(application=one, is_given=False, now=NOW, actor=UserFactory())
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.status, two.status) == (ApplicationStatus.WITHDRAWN, ApplicationStatus.ASKED)


def test_before_the_end_the_guardian_is_asked_again_once(junior):
    answer(ask(junior), until=dt.date(2027, 6, 30))
    assert guardians.remind(now=at(80, 9)) == 0
    links_before = ActionLink.objects.count()
    for day in (95, 96, 100):
        assert guardians.remind(now=at(day, 9)) == 1
    assert Notification.objects.filter(kind="guardian_expiring").count() == 1
    assert ActionLink.objects.count() == links_before + 1


def test_nobody_is_asked_again_about_who_comes_of_age():
    junior = JuniorFactory(guardian=None, born_on=dt.date(2009, 5, 5))
    answer(ask(junior))
    assert guardians.remind(now=at(50, 9)) == 0


def test_after_the_end_nothing_stays_ahead(junior):
    answer(ask(junior), until=dt.date(2027, 3, 10))
    coming = PlacementFactory(volunteer=junior, slot=SlotFactory(taken=1, starts_at=at(20, 9), ends_at=at(20, 10)))
    assert guardians.end_over(now=at(9, 12)) == 0
    assert guardians.end_over(now=at(10, 12)) == 1
    assert guardians.end_over(now=at(11, 12)) == 0
    coming.refresh_from_db()
    assert coming.cancelled_at is not None
    assert Notification.objects.filter(kind="guardian_over").count() == 1


def test_a_consent_that_was_given_anew_keeps_what_is_ahead(junior):
    answer(ask(junior), until=dt.date(2027, 3, 10))
    PlacementFactory(volunteer=junior, slot=SlotFactory(taken=1, starts_at=at(20, 9), ends_at=at(20, 10)))
    answer(GuardianRequest.objects.get(), now=at(5, 9))
    assert guardians.end_over(now=at(12, 12)) == 0


def test_the_desk_of_the_area_is_told_of_each_question_of_the_young(junior):
    desk = SupportDeskFactory(towns=[junior.town])
    coordinator = DeskMembershipFactory(desk=desk).user
    answer(ask(junior))
    joining.join(volunteer=junior, slot=SlotFactory(), now=NOW, actor=junior.user)
    assert Notification.objects.filter(user=coordinator, kind="application_to_check").count() == 1
