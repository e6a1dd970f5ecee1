from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import AuditEntry, Consent, User
from accounts.services import people
from notifications.models import ContactPoint, Preference
from notifications.services import contact_points
from notifications.services.preferences import channels_for
from tests.factories import NOW, TownFactory, UserFactory
from volunteers.models import Availability, Volunteer
from volunteers.models.availability import ALL_DAY
from volunteers.services.coordinating import at_the_desk
from volunteers.services.people import profiles

pytestmark = pytest.mark.django_db
READ = {"terms": "きまりを聞きました。", "contact": "おすすめを受け取ります。"}


def register(*, actor: User | None = None, **told: Any) -> Volunteer:
    answers = {"born_on": dt.date(1951, 4, 1), "town": TownFactory(), "wish": "ひみつの庭いじり"}
    usual: dict[str, Any] = {
        "name": "佐藤ハナ",
        "phone": "045-000-1234",
        "email": "",
        "by_phone": False,
        "weekly": [ALL_DAY] * 7,
        "answers": answers | told.pop("answers", {}),
        "texts_read": READ,
        "now": NOW,
    }
    return at_the_desk.register(actor=actor or UserFactory(), **{**usual, **told})


def test_a_person_without_email_is_whole_and_reached_by_telephone():
    coordinator = UserFactory()
    made = register(actor=coordinator)
    assert (made.user.name, made.user.email, made.wish) == ("佐藤ハナ", None, "ひみつの庭いじり")
    assert made.registered_by == coordinator
    assert Availability.objects.get(volunteer=made).weekly == [ALL_DAY] * 7
    assert ContactPoint.objects.get(user=made.user).address == "045-000-1234"
    assert channels_for([made.user]) == {made.user.pk: "call_list"}


def test_the_exact_words_are_kept_with_who_read_them():
    coordinator = UserFactory()
    made = register(actor=coordinator)
    kept = Consent.objects.filter(user=made.user).values_list("kind", "text", "recorded_by")
    assert set(kept) == {(kind, text, coordinator.pk) for kind, text in READ.items()}
    assert AuditEntry.objects.filter(action="consent.given", actor=coordinator).count() == 2


def test_who_has_both_chooses_the_way():
    by_mail = register(email="a@yaritai.example").user
    by_phone = register(email="b@yaritai.example", by_phone=True).user
    only_mail = register(email="c@yaritai.example", phone="", by_phone=True).user
    assert channels_for([by_mail, by_phone, only_mail]) == {
        by_mail.pk: "email",
        by_phone.pk: "call_list",
        only_mail.pk: "email",
    }


def test_who_did_not_agree_to_hear_is_registered_without_that_consent():
    made = register(texts_read={"terms": READ["terms"]})
    assert list(made.user.consents.values_list("kind", flat=True)) == ["terms"]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"phone": " ", "email": ""}, at_the_desk.NoWayToReach),
        ({"texts_read": {"contact": "はい"}}, at_the_desk.TermsNotRead),
        ({"phone": "12"}, contact_points.BadPhone),
        ({"email": "何か"}, people.EmailNotUsable),
        ({"answers": {"born_on": dt.date(2030, 1, 1)}}, profiles.BadBirthday),
    ],
)
def test_what_is_refused_leaves_nothing_behind(told: dict[str, Any], refusal: type[Exception]):
    actor = UserFactory()
    with pytest.raises(refusal):
        register(actor=actor, **told)
    assert list(User.objects.all()) == [actor]
    assert not any(model.objects.exists() for model in (Volunteer, ContactPoint, Preference, Consent, AuditEntry))


def test_a_guardians_consent_cannot_be_given_by_word_of_mouth():
    with pytest.raises(TypeError):
        register(texts_read={**READ, "guardian": "はい"})


def test_the_trail_never_repeats_what_was_told():
    register()
    told = "".join(str(entry.detail) for entry in AuditEntry.objects.all())
    assert not any(words in told for words in ("庭いじり", "佐藤", "045", "1951"))
