"""Who closes their account steps back from everything, and nothing that they wrote is left but for what is named."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry, Consent, User
from accounts.models.consent import ConsentKind
from accounts.services import sessions
from matching.models import Shortlist
from matching.services.leaving import closing, handing_back
from matching.services.listing import shortlists
from notifications.models import Notification
from organisations.models import Membership, Role
from organisations.models.role import RoleStatus
from tests.factories import (
    NOW,
    ApplicationFactory,
    ConsentFactory,
    DeskMembershipFactory,
    GuardianRequestFactory,
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
from tests.matching import rows
from tests.together import together
from volunteers.models import GuardianRequest, Placement, Volunteer
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import joining
from volunteers.services.telling import letters

pytestmark = pytest.mark.django_db


def close(user: User) -> bool:
    return closing.close(user=user, now=NOW, actor=user)


def kinds_to(user: User) -> list[str]:
    return sorted(Notification.objects.filter(user=user).values_list("kind", flat=True))


def test_places_ahead_are_free_again_and_hosts_are_told() -> None:
    person, slot = VolunteerFactory(party_size=2), SlotFactory(capacity=2, role__takes_groups=True)
    host = MembershipFactory(organisation=slot.role.organisation).user
    joining.join(volunteer=person, slot=slot, now=NOW, actor=person.user)
    slot.role.refresh_from_db()
    assert slot.role.status == RoleStatus.FILLED
    assert close(person.user)
    slot.refresh_from_db()
    slot.role.refresh_from_db()
    assert (slot.taken, slot.role.status) == (0, RoleStatus.OPEN)
    assert kinds_to(host) == [letters.SOMEBODY_LEFT.code]


def test_a_place_that_is_held_for_somebody_who_waits_is_free_again() -> None:
    slot = SlotFactory(capacity=1, taken=1)
    row = WaitingFactory(slot=slot, offered_at=NOW, offered_until=at(2, 9), held=1)
    close(row.volunteer.user)
    slot.refresh_from_db()
    assert slot.taken == 0


def test_a_host_hears_of_a_question_that_it_knew_of_and_of_no_other() -> None:
    person = VolunteerFactory()
    known, hidden, answered = (ApplicationFactory(volunteer=person) for _ in range(3))
    hosts = [MembershipFactory(organisation=one.slot.role.organisation).user for one in (known, hidden, answered)]
    type(known).objects.filter(pk__in=[known.pk, answered.pk]).update(released_at=NOW)
    type(known).objects.filter(pk=answered.pk).update(status=ApplicationStatus.DECLINED, answered_at=NOW)
    close(person.user)
    assert [kinds_to(host) for host in hosts] == [[closing.TAKEN_BACK.code], [], []]


def test_what_is_over_goes_without_a_letter_and_the_count_of_who_came_stays() -> None:
    past = PlacementFactory(slot=SlotFactory(starts_at=at(-5, 9), taken=1))
    host = MembershipFactory(organisation=past.slot.role.organisation).user
    close(past.volunteer.user)
    past.slot.refresh_from_db()
    assert (past.slot.taken, kinds_to(host), Placement.objects.exists()) == (1, [], False)


def test_the_last_one_of_an_organisation_stops_what_it_offers_and_the_desk_hears_of_it() -> None:
    member = MembershipFactory()
    host, user = member.organisation, member.user
    desk = SupportDeskFactory(organisation__town=host.town, towns=[host.town])
    coordinator = DeskMembershipFactory(desk=desk).user
    states = (RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING, RoleStatus.WAITING, RoleStatus.DRAFT)
    offered = [RoleFactory(organisation=host, status=status) for status in states]
    close(user)
    after = dict(Role.objects.values_list("pk", "status"))
    assert [after[role.pk] for role in offered] == [RoleStatus.CLOSED] * 3 + [RoleStatus.DRAFT] * 2
    assert kinds_to(coordinator) == [handing_back.NOBODY_LEFT.code]


def test_where_somebody_else_acts_for_an_organisation_all_goes_on() -> None:
    member = MembershipFactory()
    MembershipFactory(organisation=member.organisation)
    role = RoleFactory(organisation=member.organisation, status=RoleStatus.OPEN)
    close(member.user)
    role.refresh_from_db()
    assert (role.status, Membership.objects.count()) == (RoleStatus.OPEN, 1)


def test_a_guardian_who_leaves_agrees_to_nothing_any_more() -> None:
    junior = JuniorFactory(guardian=None)
    consent = ConsentFactory(user=junior.user, kind=ConsentKind.GUARDIAN)
    given = GuardianRequestFactory(volunteer=junior, answered_at=NOW, is_given=True, consent=consent)
    GuardianRequestFactory(guardian=given.guardian)
    close(given.guardian)
    consent.refresh_from_db()
    assert (consent.withdrawn_at, GuardianRequest.objects.exists()) == (NOW, False)
    assert Volunteer.objects.filter(pk=junior.pk).exists()


@pytest.mark.parametrize("fields", [{"is_staff": True}, {}])
def test_who_works_here_is_asked_to_hand_over_first(fields: dict[str, bool]) -> None:
    user = UserFactory(**fields)
    if not fields:
        DeskMembershipFactory(user=user)
    with pytest.raises(closing.WorksHere):
        close(user)
    user.refresh_from_db()
    assert (user.closed_at, user.is_active) == (None, True)


def test_a_number_and_the_consents_stay_and_a_second_time_changes_nothing() -> None:
    user = VolunteerFactory().user
    assert close(user)
    entries = AuditEntry.objects.count()
    assert not closing.close(user=user, now=at(1, 9), actor=user)
    left = User.objects.get(pk=user.pk)
    assert (left.email, left.name, left.is_active, left.closed_at) == (None, "", False, NOW)
    assert Consent.objects.get(user=user).withdrawn_at == NOW
    assert (AuditEntry.objects.count(), AuditEntry.objects.latest("pk").action) == (entries, "user.close")


def test_all_sessions_end_in_the_table_and_in_the_cache() -> None:
    own, other = UserFactory(), UserFactory()
    kept = []
    for user in (own, own, other):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session.save()
        kept.append(session)
    assert len(sessions.of(user=own, now=NOW.replace(year=2000))) == 2
    closing.close(user=own, now=NOW.replace(year=2000), actor=own)
    assert list(Session.objects.values_list("session_key", flat=True)) == [kept[2].session_key]
    assert [one.cache_key in cache for one in kept] == [False, False, True]


def while_leaving(person: Volunteer, write: Callable[[], object]) -> object:
    """What *write* returns, or the error that it raises, when it comes to a row of *person* before they have left."""

    def elsewhere() -> object:
        try:
            return write()
        except IntegrityError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            close(person.user)
            writing = thread.submit(elsewhere)
            while not is_somebody_waiting() and not writing.done():
                sleep(0.01)
        return writing.result(timeout=60)


def is_somebody_waiting() -> bool:
    """Whether somebody waits for this very connection; other tests may make others wait on the same server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_list_that_is_computed_at_that_moment_leaves_out_who_is_gone() -> None:
    leaves, careless, stays = (rows.person() for _ in range(3))
    found = shortlists.read([leaves.pk, stays.pk], now=NOW)
    assert while_leaving(leaves, lambda: shortlists.put(found, None)) is True
    assert list(Shortlist.objects.values_list("pk", flat=True)) == [stays.pk]
    unguarded = while_leaving(careless, lambda: Shortlist.objects.create(volunteer_id=careless.pk, computed_at=NOW))
    assert isinstance(unguarded, IntegrityError)


@pytest.mark.django_db(transaction=True)
def test_a_list_that_is_written_first_goes_with_the_profile() -> None:
    person = rows.person()
    found = shortlists.read([person.pk], now=NOW)
    assert together(2, lambda number: shortlists.put(found, None) if number else close(person.user)) == [True, True]
    assert not Shortlist.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("closes", [False, True])
def test_who_joins_at_that_moment_leaves_no_place_behind(closes: bool) -> None:
    for _ in range(4):
        person, slot = VolunteerFactory(), SlotFactory(capacity=5)

        def act(number: int, person: Volunteer = person, slot: object = slot) -> object:
            if number:
                return joining.join(volunteer=person, slot=slot, now=NOW, actor=person.user)  # type: ignore[arg-type]
            return close(person.user) if closes else True

        done, joined = together(2, act)
        assert done is True
        assert isinstance(joined, Placement) or (closes and isinstance(joined, joining.HasLeft))
        slot.refresh_from_db()
        assert slot.taken == Placement.objects.filter(slot=slot).count() == (0 if closes else 1)
