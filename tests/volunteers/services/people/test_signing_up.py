from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind
from tests.factories import NOW, ActivityFactory, TownFactory, UserFactory
from tests.together import together
from volunteers.models import Availability, Volunteer
from volunteers.models.availability import no_time
from volunteers.services.people import profiles, signing_up

GIVEN: dict[str, str] = {
    ConsentKind.TERMS.value: "きまりを読みました。",
    ConsentKind.CONTACT.value: "お知らせを受け取ります。",
}


def answers(**changed: Any) -> signing_up.Answers:
    week = [*no_time()[:6], 7]
    return signing_up.Answers("花子", week, {"born_on": dt.date(1951, 4, 1), "town": TownFactory(), **changed})


@pytest.mark.django_db
def test_profile_week_name_and_the_words_agreed_to_come_together() -> None:
    user, liked = UserFactory(name="", language="en"), ActivityFactory()
    made = signing_up.finish(user=user, answers=answers(wish="花", interests=[liked]), consents_given=GIVEN, now=NOW)
    assert (made.wish, list(made.interests.all()), made.registered_by) == ("花", [liked], None)
    assert Availability.objects.get().weekly[6] == 7
    assert (User.objects.get().name, User.objects.get().language) == ("花子", "en")
    assert {one.kind: one.text for one in Consent.objects.all()} == GIVEN


@pytest.mark.django_db
def test_who_has_a_profile_keeps_it_as_it_is() -> None:
    user = UserFactory()
    first = signing_up.finish(user=user, answers=answers(wish="花"), consents_given=GIVEN, now=NOW)
    again = signing_up.finish(user=user, answers=answers(wish="本"), consents_given={}, now=NOW)
    assert (again, again.wish) == (first, "花")
    assert Consent.objects.count() == 2


@pytest.mark.django_db
def test_where_one_part_is_refused_none_is_kept() -> None:
    user = UserFactory(name="もと")
    with pytest.raises(profiles.BadBirthday):
        signing_up.finish(user=user, answers=answers(born_on=dt.date(2090, 1, 1)), consents_given=GIVEN, now=NOW)
    assert not Volunteer.objects.exists()
    assert not Consent.objects.exists()
    assert User.objects.get().name == "もと"


@pytest.mark.django_db(transaction=True)
def test_four_taps_at_once_make_one_profile() -> None:
    user, said = UserFactory(), answers()
    made = together(4, lambda _: signing_up.finish(user=user, answers=said, consents_given=GIVEN, now=NOW))
    assert set(made) == {Volunteer.objects.get()}
    assert Consent.objects.count() == 2
