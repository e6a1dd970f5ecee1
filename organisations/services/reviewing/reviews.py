"""A coordinator looks at what was handed in: it becomes public, or its organisation reads what to write anew.

What is with children becomes public once two different people have found it good. The second may be any coordinator of
the ward, so that an area with one coordinator is not stuck.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Review, Role, SupportDesk, Town
from organisations.models.review import ReviewOutcome
from organisations.models.role import RoleStatus
from organisations.services import words
from organisations.services.hosts import letters, organisations
from organisations.services.roles import approval, held

LONGEST_REASON = 500


class SamePerson(DomainError):
    code = "same_person"
    message = _(
        "この募集は、あなたがもう確かめました。子どもとかかわるので、次はほかのコーディネーターが確かめる番です。"
    )


@transaction.atomic
def approve_role(
    *,
    role: Role,
    by_desk: SupportDesk | None,
    now: dt.datetime,
    actor: User,
    expected_changed_at: dt.datetime | None = None,
) -> Role:
    """Write down that *actor* found a role good, and open it to everybody; with children, after the second such look.

    Those who act for its organisation hear that it is public.

    Returns
    -------
    Role
        Still waiting where it needs a second look.

    Raises
    ------
    SamePerson; StaleForm where the role was changed since *expected_changed_at*; and what ``approval.publish`` raises
    """
    locked = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    if locked.status != RoleStatus.WAITING:
        raise held.WrongStatus
    if expected_changed_at is not None and expected_changed_at != locked.changed_at:
        raise held.StaleForm
    looks = looks_at(locked)
    if looks.filter(by=actor).exists():
        raise SamePerson
    is_first = not looks.exists()
    Review.objects.create(role=locked, by=actor, desk=by_desk, outcome=ReviewOutcome.APPROVED, at=now)
    if locked.is_with_children and is_first:
        audit.record(actor=actor, action="role.first_look", target=locked, now=now)
        return locked
    published = approval.publish(role=locked, now=now, actor=actor)
    letters.tell_members(
        organisation=published.organisation,
        kind="role_published",
        title=_("募集「%(role)s」を公開しました"),
        body=_("募集「%(role)s」の確認が終わり、公開しました。申し込みがあったら、お知らせします。"),
        names={"role": published.title},
        about={"role": published.pk},
        now=now,
        path=f"/organisation/roles/{published.pk}/",
    )
    return published


@transaction.atomic
def send_back_role(*, role: Role, by_desk: SupportDesk | None, now: dt.datetime, actor: User, reason: str = "") -> Role:
    """Make a handed-in role a draft again, and tell its organisation why.

    Raises
    ------
    WrongStatus, TextTooLong, UnreadableText
    """
    reason = readable(reason)
    sent_back = approval.send_back(role=role, now=now, actor=actor, reason=reason)
    Review.objects.create(
        role=sent_back, by=actor, desk=by_desk, outcome=ReviewOutcome.SENT_BACK, reason=reason, at=now
    )
    return sent_back


@transaction.atomic
def approve_organisation(
    *, organisation: Organisation, by_desk: SupportDesk | None, now: dt.datetime, actor: User
) -> Organisation:
    """Let an organisation's roles become public, and tell those who act for it.

    Raises
    ------
    WrongApproval
    """
    approved = organisations.approve(organisation=organisation, now=now, actor=actor)
    Review.objects.create(organisation=approved, by=actor, desk=by_desk, outcome=ReviewOutcome.APPROVED, at=now)
    return approved


@transaction.atomic
def send_back_organisation(
    *, organisation: Organisation, by_desk: SupportDesk | None, now: dt.datetime, actor: User, reason: str = ""
) -> Organisation:
    """Ask for an organisation's entry to be written again, and say why.

    Raises
    ------
    WrongApproval, TextTooLong, UnreadableText
    """
    reason = readable(reason)
    sent_back = organisations.send_back(organisation=organisation, now=now, actor=actor, reason=reason)
    Review.objects.create(
        organisation=sent_back, by=actor, desk=by_desk, outcome=ReviewOutcome.SENT_BACK, reason=reason, at=now
    )
    return sent_back


def looks_at(role: Role) -> QuerySet[Review]:
    """Return the looks that found good what *role* says now, the first one first."""
    return Review.objects.of_what_it_says_now().filter(role=role).order_by("at", "pk")


def with_first_look(rows: QuerySet[Role]) -> QuerySet[Role]:
    """Return those among *rows* that one person has found good and that wait for another."""
    return rows.filter(Exists(_looks()), status=RoleStatus.WAITING, is_with_children=True)


def to_look_at(user: User) -> QuerySet[Role]:
    """Return the roles that wait in the area of *user*, and in their ward for a second look.

    Each with ``has_first_look``, and whether *user* ``has_looked``.
    """
    waiting = Role.objects.filter(status=RoleStatus.WAITING).annotate(
        has_first_look=Exists(_looks()), has_looked=Exists(_looks().filter(by=user))
    )
    wards = Town.objects.filter(support_desks__memberships__user=user).values("ward_code")
    in_ward = Q(organisation__town__ward_code__in=wards) | Q(venue__town__ward_code__in=wards)
    here = Q(pk__in=Role.objects.in_area_of(user).values("pk"))
    return waiting.filter(here | (in_ward & Q(is_with_children=True, has_first_look=True)))


def in_reach_of(user: User) -> QuerySet[Role]:
    """Return the roles of the area of *user*, and those that wait for their second look."""
    waiting = to_look_at(user).values("pk")
    return Role.objects.filter(Q(pk__in=Role.objects.in_area_of(user).values("pk")) | Q(pk__in=waiting))


def readable(reason: str) -> str:
    """Return what a coordinator asks for, as it is kept.

    Raises
    ------
    TextTooLong, UnreadableText
    """
    return words.readable(reason, at_most=LONGEST_REASON, field=_("理由"))


def _looks() -> QuerySet[Review]:
    return Review.objects.of_what_it_says_now().filter(role=OuterRef("pk"))
