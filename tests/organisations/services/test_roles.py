"""A role's life: draft → waiting → open → filled, closed or cancelled."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import AuditEntry
from notifications.models import Notification
from organisations.models import Role
from organisations.models.organisation import Approval
from organisations.models.role import Insurance, RoleStatus
from organisations.services import roles, slots, words
from tests.factories import (
    NOW,
    AccessFeatureFactory,
    ActivityFactory,
    MembershipFactory,
    OrganisationFactory,
    QualificationFactory,
    RoleFactory,
    SkillFactory,
    SlotFactory,
    UserFactory,
    VenueFactory,
    at,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)
PUBLISHED = {RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING}
STEPS = {
    roles.submit: {RoleStatus.DRAFT},
    roles.send_back: {RoleStatus.WAITING},
    roles.publish: {RoleStatus.WAITING},
    roles.close: PUBLISHED,
    roles.withdraw: {RoleStatus.WAITING},
    roles.cancel: {*PUBLISHED, RoleStatus.CLOSED},
    roles.change: {RoleStatus.DRAFT, RoleStatus.WAITING, *PUBLISHED},
}


def draft(**more):
    organisation = more.pop("organisation", None) or OrganisationFactory()
    given = {"title": "花だんの水やり", "summary": "水をやります。", "venue": VenueFactory(organisation=organisation)}
    return roles.draft(organisation=organisation, now=NOW, actor=None, **{**given, **more})


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


def test_from_draft_to_public_each_step_recorded():
    actor, role = UserFactory(), draft()
    slots.add(role=role, starts_at=at(5, 9), ends_at=at(5, 11), capacity=3, now=NOW, actor=actor)
    assert roles.submit(role=role, now=NOW, actor=actor).status == RoleStatus.WAITING
    published = roles.publish(role=role, now=LATER, actor=actor)
    assert published.submitted_at == NOW
    assert (published.status, published.published_at, published.changed_at) == (RoleStatus.OPEN, LATER, LATER)
    assert published.insurance == Insurance.UNKNOWN
    assert list(Role.objects.public()) == [role]
    told = AuditEntry.objects.filter(target="organisations.role", actor=actor).values_list("action", flat=True)
    assert list(told.order_by("pk")) == ["role.submit", "role.publish"]


def test_sent_back_the_organisation_reads_why():
    role = RoleFactory(status=RoleStatus.WAITING, title="落ち葉そうじ")
    member = MembershipFactory(organisation=role.organisation).user
    MembershipFactory(organisation=role.organisation, user__is_active=False)
    roles.send_back(role=role, now=NOW, actor=None, reason="集合場所を書いてください。")
    letter = Notification.objects.get()
    assert letter.user == member
    assert "落ち葉そうじ" in letter.title
    assert letter.body.endswith("集合場所を書いてください。")
    assert letter.url.endswith(f"/organisation/roles/{role.pk}/")


@pytest.mark.parametrize("status", RoleStatus.values)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_from_every_status(step, status):
    role = SlotFactory(role__status=status).role
    if status in STEPS[step]:
        step(role=role, now=LATER, actor=None)
        assert Role.objects.get().changed_at == LATER
    else:
        with pytest.raises(roles.WrongStatus):
            step(role=role, now=LATER, actor=None)
        assert Role.objects.get().status == status


@pytest.mark.parametrize(
    "slot",
    [
        None,
        {"starts_at": at(-1, 9)},
        {"cancelled_at": NOW},
        {"taken": 3},
    ],
)
def test_without_a_time_that_somebody_could_come_to_nothing_is_published(slot):
    role = RoleFactory(status=RoleStatus.WAITING)
    if slot is not None:
        SlotFactory(role=role, **slot)
    with pytest.raises(roles.NoSlots):
        roles.publish(role=role, now=NOW, actor=None)


@pytest.mark.parametrize("approval", [Approval.WAITING, Approval.SENT_BACK, Approval.SUSPENDED])
def test_only_an_approved_organisation_publishes(approval):
    role = SlotFactory(role__status=RoleStatus.WAITING, role__organisation__approval=approval).role
    with pytest.raises(roles.NotApproved):
        roles.publish(role=role, now=NOW, actor=None)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"min_age": 20, "max_age": 19}, roles.BadAges),
        ({"min_age": 121}, roles.BadAges),
        ({"max_age": 121}, roles.BadAges),
        ({"guardian_under": 21}, roles.BadGuardianAge),
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
        roles.change(role=role, now=LATER, actor=None, **bad)
    assert Role.objects.get().changed_at == NOW


def test_what_is_missing_is_said():
    with pytest.raises(words.TextMissing, match="募集の名前"):
        roles.draft(organisation=OrganisationFactory(), now=NOW, actor=None, is_online=True)


def test_a_draft_begins_with_its_name_alone_and_is_handed_in_when_whole():
    role = roles.draft(organisation=OrganisationFactory(), title="花だん", now=NOW, actor=None)
    assert roles.missing(role=role, now=NOW) == [roles.Lack.SUMMARY, roles.Lack.TIMES, roles.Lack.PLACE]
    with pytest.raises(roles.Incomplete, match="すること、これからの日時、場所"):
        roles.submit(role=role, now=NOW, actor=None)
    roles.change(role=role, summary="水をやります。", is_online=True, now=NOW, actor=None)
    roles.change(role=role, summary="\n ", now=NOW, actor=None)
    SlotFactory(role=role, starts_at=at(-1, 9))
    with pytest.raises(roles.Incomplete, match="すること、これからの日時。"):
        roles.submit(role=role, now=NOW, actor=None)
    roles.change(role=role, summary="水をやります。", now=NOW, actor=None)
    SlotFactory(role=role)
    role.refresh_from_db()
    assert roles.missing(role=role, now=NOW) == []
    assert roles.submit(role=role, now=NOW, actor=None).status == RoleStatus.WAITING


@pytest.mark.parametrize(
    ("lost", "error"), [({"venue": None}, roles.NeedsPlace), ({"summary": " "}, words.TextMissing)]
)
@pytest.mark.parametrize("status", [RoleStatus.WAITING, RoleStatus.OPEN])
def test_what_others_read_loses_nothing_it_needs(lost, error, status):
    role = RoleFactory(status=status)
    with pytest.raises(error):
        roles.change(role=role, now=LATER, actor=None, **lost)


def test_what_two_people_must_see_is_not_changed_behind_their_backs():
    role = RoleFactory(status=RoleStatus.OPEN)
    with pytest.raises(roles.ChildrenNeedALook):
        roles.change(role=role, is_with_children=True, now=LATER, actor=None)
    roles.change(role=role, is_with_children=False, title="別の名前", now=LATER, actor=None)
    Role.objects.update(status=RoleStatus.DRAFT)
    assert roles.change(role=role, is_with_children=True, now=LATER, actor=None).is_with_children


def test_only_a_draft_is_thrown_away():
    for status in RoleStatus:
        role = SlotFactory(role__status=status).role
        if status == RoleStatus.DRAFT:
            roles.discard(role=role, now=NOW, actor=None)
            assert not Role.objects.filter(pk=role.pk).exists()
        else:
            with pytest.raises(roles.WrongStatus):
                roles.discard(role=role, now=NOW, actor=None)


def test_an_online_role_needs_no_venue():
    assert draft(venue=None, is_online=True).venue is None


@pytest.mark.parametrize("name", ["status", "organisation", "published_at", "search_text"])
def test_what_has_a_step_of_its_own_cannot_be_set(name):
    with pytest.raises(TypeError):
        roles.change(role=RoleFactory(), now=NOW, actor=None, **{name: "x"})


def test_a_stale_form_changes_nothing():
    role = RoleFactory()
    roles.change(role=role, now=LATER, actor=None, expected_changed_at=NOW, title="新しい名前")
    with pytest.raises(roles.StaleForm, match="ほかの方"):
        roles.change(role=role, now=LATER, actor=None, expected_changed_at=NOW, title="古い画面から")
    assert Role.objects.get().title == "新しい名前"


def test_a_change_leaves_what_it_does_not_name():
    activity, skill = ActivityFactory(), SkillFactory()
    role = RoleFactory(activities=[activity], skills=[skill], cost="100円")
    changed = roles.change(role=role, now=LATER, actor=None, title="別の名前", skills=[])
    assert (changed.cost, list(changed.activities.all()), list(changed.skills.all())) == ("100円", [activity], [])
    assert AuditEntry.objects.get(action="role.change").detail == {"fields": ["skills", "title"]}


def test_the_words_to_find_it_by_follow():
    role = RoleFactory(title="草むしり")
    assert "草むしり" in role.search_text
    changed = roles.change(
        role=role,
        now=LATER,
        actor=None,
        title="ＰＣサロン",
        activities=[ActivityFactory(ja="パソコン", synonyms=["スマホ"])],
    )
    assert "草むしり" not in changed.search_text
    assert {"pcサロン", "パソコン", "スマホ"} <= set(changed.search_text.split("\n"))


def test_calling_off_takes_its_empty_slots_along():
    slot = SlotFactory()
    roles.cancel(role=slot.role, now=NOW, actor=None)
    slot.refresh_from_db()
    assert slot.cancelled_at == NOW


def test_what_is_over_is_not_called_off():
    role = SlotFactory(starts_at=at(-2, 9), role__status=RoleStatus.CLOSED).role
    with pytest.raises(roles.WrongStatus):
        roles.cancel(role=role, now=NOW, actor=None)


def test_a_role_that_somebody_comes_to_is_not_called_off_here():
    slot = SlotFactory(taken=1)
    with pytest.raises(slots.SomebodyComes):
        roles.cancel(role=slot.role, now=NOW, actor=None)


def test_past_roles_are_closed_and_the_others_stay():
    over = [SlotFactory(starts_at=at(-2, 9), role__status=status).role for status in PUBLISHED]
    SlotFactory(role=over[0], cancelled_at=NOW)
    SlotFactory(starts_at=at(-2, 9), role=SlotFactory().role)
    SlotFactory(starts_at=at(-2, 9), role__status=RoleStatus.DRAFT)
    SlotFactory(starts_at=at(0, 9))
    RoleFactory()
    assert roles.close_past(now=NOW) == 3
    assert set(Role.objects.filter(status=RoleStatus.CLOSED)) == set(over)
    assert roles.close_past(now=NOW) == 0
