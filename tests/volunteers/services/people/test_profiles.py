"""Profiles: what is kept, what is refused, what makes lists stale."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from accounts.models import AuditEntry
from organisations.services import words
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    QualificationFactory,
    SkillFactory,
    TownFactory,
    UserFactory,
    VolunteerFactory,
)
from volunteers.models import Volunteer
from volunteers.services.people import profiles

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


def create(user=None, **more):
    user = user or UserFactory()
    given = {"born_on": dt.date(1990, 4, 1), "town": TownFactory(), **more}
    return profiles.create(user=user, now=NOW, actor=given.pop("actor", user), **given)


def test_everything_is_kept():
    lists = {
        "interests": [ActivityFactory()], "avoids": [ActivityFactory()], "skills": [SkillFactory()],
        "qualifications": [QualificationFactory()], "access_needs": [AccessFeatureFactory()],
    }  # fmt: skip
    volunteer = create(wish=" 花を育てたい\r\n ", travel_limit_km=3.5, **lists)
    volunteer.refresh_from_db()
    assert {name: list(getattr(volunteer, name).all()) for name in lists} == lists
    assert (volunteer.wish, volunteer.travel_limit_km, volunteer.registered_by) == ("花を育てたい", 3.5, None)
    assert volunteer.availability.weekly == [0] * 7


def test_a_coordinator_registers_somebody_else():
    coordinator = UserFactory()
    assert create(actor=coordinator).registered_by == coordinator


def test_one_profile_for_one_person():
    user = UserFactory()
    create(user)
    with pytest.raises(profiles.ProfileExists):
        create(user)


BAD = [
    ({"born_on": dt.date(2027, 3, 2)}, profiles.BadBirthday),
    ({"born_on": dt.date(1900, 1, 1)}, profiles.BadBirthday),
    ({"born_on": "yesterday"}, words.BadValue),
    ({"travel_limit_km": 0}, profiles.BadTravelLimit),
    ({"travel_limit_km": 50.1}, profiles.BadTravelLimit),
    ({"travel_limit_km": math.nan}, profiles.BadTravelLimit),
    ({"travel_limit_km": math.inf}, profiles.BadTravelLimit),
    ({"party_size": 0}, profiles.BadPartySize),
    ({"party_size": 101}, profiles.BadPartySize),
    ({"is_home_only": True, "takes_online": False}, profiles.HomeOnlyTakesOnline),
    ({"minutes_at_most": -5}, words.BadValue),
    ({"wish": "あ" * 1001}, words.TextTooLong),
    ({"wish": "あ" * 5_000_000}, words.TextTooLong),
    ({"wish": "花\x00"}, words.UnreadableText),
    ({"wish": "\udc80"}, words.UnreadableText),
]


@pytest.mark.parametrize(("bad", "error"), BAD)
def test_bad_fields_are_refused_and_nothing_is_kept(bad, error):
    with pytest.raises(error):
        create(**bad)
    assert not Volunteer.objects.exists()
    volunteer = VolunteerFactory()
    with pytest.raises(error):
        profiles.change(volunteer=volunteer, now=LATER, actor=None, **bad)
    volunteer.refresh_from_db()
    assert volunteer.changed_at == NOW


def test_a_town_without_a_point_is_refused():
    with pytest.raises(profiles.TownWithoutPoint):
        create(town=TownFactory(lat=None, lng=None))
    with pytest.raises(profiles.TownWithoutPoint):
        profiles.change(volunteer=VolunteerFactory(), now=NOW, actor=None, town=TownFactory(lat=None, lng=None))


def test_a_change_touches_what_it_names_and_the_time():
    activity = ActivityFactory()
    volunteer = create(interests=[activity], wish="花")
    changed = profiles.change(volunteer=volunteer, now=LATER, actor=volunteer.user, travel_limit_km=1.5)
    assert (changed.travel_limit_km, changed.wish, changed.changed_at) == (1.5, "花", LATER)
    assert list(changed.interests.all()) == [activity]
    assert AuditEntry.objects.get(action="profile.change").detail == {"fields": ["travel_limit_km"]}


def test_a_stale_form_changes_nothing():
    volunteer = VolunteerFactory()
    profiles.change(volunteer=volunteer, now=LATER, actor=None, expected_changed_at=NOW, wish="新")
    with pytest.raises(profiles.StaleProfile):
        profiles.change(volunteer=volunteer, now=LATER, actor=None, expected_changed_at=NOW, wish="古")
    assert Volunteer.objects.get().wish == "新"


@pytest.mark.parametrize("name", ["user", "registered_by", "paused_until", "changed_at"])
def test_what_has_a_step_of_its_own_cannot_be_set(name):
    with pytest.raises(TypeError):
        profiles.change(volunteer=VolunteerFactory(), now=NOW, actor=None, **{name: None})


def test_a_confirmed_qualification_stays_confirmed_and_what_is_gone_is_gone():
    kept, gone, new = QualificationFactory.create_batch(3)
    volunteer, coordinator = create(qualifications=[kept, gone]), UserFactory()
    profiles.confirm_qualification(volunteer=volunteer, qualification=kept, now=LATER, actor=coordinator)
    profiles.change(volunteer=volunteer, now=LATER, actor=None, qualifications=[kept, new, new])
    rows = {held.qualification: held.confirmed_by for held in volunteer.held_qualifications.all()}
    assert rows == {kept: coordinator, new: None}


def test_only_what_somebody_says_they_hold_is_confirmed():
    with pytest.raises(profiles.NotHeld):
        profiles.confirm_qualification(
            volunteer=VolunteerFactory(), qualification=QualificationFactory(), now=NOW, actor=None
        )


def test_a_break_begins_and_ends():
    volunteer = VolunteerFactory()
    today = NOW.date()
    paused = profiles.pause(volunteer=volunteer, until=today, now=LATER, actor=None)
    assert paused.is_paused(today)
    assert not paused.is_paused(today + dt.timedelta(days=1))
    back = profiles.pause(volunteer=volunteer, until=None, now=LATER, actor=None)
    assert not back.is_paused(today)
    assert back.changed_at == LATER
    with pytest.raises(profiles.PauseInPast):
        profiles.pause(volunteer=volunteer, until=today - dt.timedelta(days=1), now=LATER, actor=None)
