"""What a role says: kept whole, refused whole, and nothing behind the back of who found it good."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from organisations.models import Role
from organisations.models.role import Insurance, RoleStatus
from organisations.services import words
from organisations.services.roles import complete, held, writing
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    OrganisationFactory,
    QualificationFactory,
    RoleFactory,
    SkillFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)


def draft(**more):
    organisation = more.pop("organisation", None) or OrganisationFactory()
    given = {"title": "花だんの水やり", "summary": "水をやります。", "venue": VenueFactory(organisation=organisation)}
    return writing.draft(organisation=organisation, now=NOW, actor=None, **{**given, **more})


def test_a_draft_keeps_everything_it_was_given():
    activities = ActivityFactory.create_batch(3)
    skill, qualification, access = SkillFactory(), QualificationFactory(), AccessFeatureFactory()
    role = draft(
        activities=[activities[2], activities[0], activities[2]],
        skills=[skill],
        qualifications=[qualification],
        access=[access],
        min_age=15,
        cost="無料",
        insurance=Insurance.CIVIC,
    )
    assert role.status == RoleStatus.DRAFT
    assert [one.activity for one in role.role_activities.all()] == [activities[2], activities[0]]
    assert [*role.skills.all(), *role.qualifications.all(), *role.access.all()] == [skill, qualification, access]
    assert (role.min_age, role.cost, role.insurance, role.created_at) == (15, "無料", Insurance.CIVIC, NOW)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"min_age": 20, "max_age": 19}, complete.BadAges),
        ({"min_age": 121}, complete.BadAges),
        ({"max_age": 121}, complete.BadAges),
        ({"guardian_under": 21}, complete.BadGuardianAge),
        ({"title": ""}, words.TextMissing),
        ({"title": "あ" * 81}, words.TextTooLong),
        ({"summary": "あ" * 5_000_000}, words.TextTooLong),
        ({"bring": "軍手\x00"}, words.UnreadableText),
        ({"cost": "\udfff"}, words.UnreadableText),
        ({"insurance": "perhaps"}, words.BadValue),
    ],
)
def test_bad_fields_are_refused_and_nothing_is_kept(bad, error):
    with pytest.raises(error):
        draft(**bad)
    assert not Role.objects.exists()
    role = RoleFactory()
    with pytest.raises(error):
        writing.change(role=role, now=LATER, actor=None, **bad)
    assert Role.objects.get().changed_at == NOW


def test_what_is_missing_is_said():
    with pytest.raises(words.TextMissing, match="募集の名前"):
        writing.draft(organisation=OrganisationFactory(), now=NOW, actor=None, is_online=True)


@pytest.mark.parametrize(
    ("lost", "error"), [({"venue": None}, complete.NeedsPlace), ({"summary": " "}, words.TextMissing)]
)
@pytest.mark.parametrize("status", [RoleStatus.WAITING, RoleStatus.OPEN])
def test_what_others_read_loses_nothing_it_needs(lost, error, status):
    role = RoleFactory(status=status)
    with pytest.raises(error):
        writing.change(role=role, now=LATER, actor=None, **lost)


def test_what_two_people_must_see_is_not_changed_behind_their_backs():
    role = RoleFactory(status=RoleStatus.OPEN)
    with pytest.raises(writing.ChildrenNeedALook):
        writing.change(role=role, is_with_children=True, now=LATER, actor=None)
    writing.change(role=role, is_with_children=False, title="別の名前", now=LATER, actor=None)
    Role.objects.update(status=RoleStatus.DRAFT)
    assert writing.change(role=role, is_with_children=True, now=LATER, actor=None).is_with_children


def test_an_online_role_needs_no_venue():
    assert draft(venue=None, is_online=True).venue is None


@pytest.mark.parametrize("name", ["status", "organisation", "published_at", "search_text"])
def test_what_has_a_step_of_its_own_cannot_be_set(name):
    with pytest.raises(TypeError):
        writing.change(role=RoleFactory(), now=NOW, actor=None, **{name: "x"})


def test_a_stale_form_changes_nothing():
    role = RoleFactory()
    writing.change(role=role, now=LATER, actor=None, expected_changed_at=NOW, title="新しい名前")
    with pytest.raises(held.StaleForm, match="ほかの方"):
        writing.change(role=role, now=LATER, actor=None, expected_changed_at=NOW, title="古い画面から")
    assert Role.objects.get().title == "新しい名前"


def test_a_change_leaves_what_it_does_not_name():
    activity, skill = ActivityFactory(), SkillFactory()
    role = RoleFactory(activities=[activity], skills=[skill], cost="100円")
    changed = writing.change(role=role, now=LATER, actor=None, title="別の名前", skills=[])
    assert (changed.cost, list(changed.activities.all()), list(changed.skills.all())) == ("100円", [activity], [])
    assert AuditEntry.objects.get(action="role.change").detail == {"fields": ["skills", "title"]}


def test_the_words_to_find_it_by_follow():
    role = RoleFactory(title="草むしり")
    assert "草むしり" in role.search_text
    changed = writing.change(
        role=role,
        now=LATER,
        actor=None,
        title="ＰＣサロン",
        activities=[ActivityFactory(ja="パソコン", synonyms=["スマホ"])],
    )
    assert "草むしり" not in changed.search_text
    assert {"pcサロン", "パソコン", "スマホ"} <= set(changed.search_text.split("\n"))
