from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import consents
from notifications.models import ActionLink, Channel, Notification
from notifications.services import outbox
from tests.factories import NOW, JuniorFactory, UserFactory, VolunteerFactory
from tests.volunteers.services.guardians.given import answer, ask, link_in
from volunteers.models import GuardianRequest
from volunteers.services.guardians import answering, asking, letters
from volunteers.services.guardians.until import NotNeeded

pytestmark = pytest.mark.django_db


def test_the_guardian_gets_a_letter_with_a_link_of_their_own(junior):
    request = ask(junior)
    letter = Notification.objects.get(kind="guardian_asked")
    assert (letter.user.email, letter.channel) == ("mother@yaritai.example", Channel.EMAIL)
    assert "みどりさん" in letter.title
    link = link_in(letter)
    assert (link.user, link.action, link.target_id) == (request.guardian, "guardian", str(request.pk))
    assert not consents.holds(user=junior.user, kind=ConsentKind.GUARDIAN, on=NOW.date())


def test_whom_one_may_not_ask(junior):
    with pytest.raises(asking.OwnAddress):
        ask(junior, email=junior.user.email.upper())
    with pytest.raises(asking.NameMissing):
        ask(junior, name=" ")
    with pytest.raises(NotNeeded):
        ask(VolunteerFactory())
    assert not Notification.objects.exists()


def test_a_friend_is_told_that_they_cannot_agree_and_gets_no_link(junior):
    friend = JuniorFactory(born_on=dt.date(2010, 9, 1))
    request = ask(junior, email=friend.user.email)
    letter = Notification.objects.get()
    assert (letter.kind, letter.user, letter.channel) == ("guardian_cannot_agree", friend.user, Channel.EMAIL)
    assert (letter.actions, letter.url.endswith("/desks/")) == ([], True)
    assert not ActionLink.objects.exists()
    with pytest.raises(answering.GuardianTooYoung):
        answer(request)
    assert letters.STILL_RIGHT[letter.kind](letter, NOW)
    ask(junior)
    assert not letters.STILL_RIGHT[letter.kind](letter, NOW)


def test_a_guardian_who_is_here_already_is_asked_as_who_they_are(junior):
    mother = UserFactory(email="mother@yaritai.example", name="さくら")
    assert ask(junior).guardian == mother
    assert User.objects.get(pk=mother.pk).name == "さくら"


def test_asking_again_takes_the_earlier_question_back_and_is_not_done_without_end(junior):
    first = ask(junior)
    ask(junior, email="father@yaritai.example")
    with pytest.raises(answering.NotAsked):
        answer(first)
    ask(junior)
    with pytest.raises(asking.AskedTooOften):
        ask(junior)
    assert ask(junior, now=NOW + dt.timedelta(days=8)).asked_at > NOW
    assert GuardianRequest.objects.count() == 1


def test_the_letter_about_a_question_that_was_taken_back_is_not_sent(junior):
    ask(junior)
    ask(junior, email="father@yaritai.example")
    outbox.deliver_due(now=NOW, still_right=letters.STILL_RIGHT)
    states = dict(Notification.objects.filter(kind="guardian_asked").values_list("user__email", "status"))
    assert states["mother@yaritai.example"] == "dropped"
    assert states["father@yaritai.example"] != "dropped"
