"""A role's life: draft → waiting → open → filled, closed or cancelled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Review, Role, RoleActivity, Slot
from organisations.models.role import RoleStatus
from organisations.services import letters, need_ends, rewordings, search, words
from organisations.services.saying import listed
from organisations.services.slots import SomebodyComes

OLDEST = 120
LATEST_GUARDIAN_AGE = 20
PUBLISHED = (RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING)
LOOKS_WITH_CHILDREN = 2
BEFORE_THE_END = (RoleStatus.DRAFT, RoleStatus.WAITING, *PUBLISHED)
LISTS = ("skills", "qualifications", "access")
_TEXTS = ("title", "title_easy", "title_en", "summary", "summary_en", "cost", "bring", "rain_rule", "contact")
_WHO = (
    *("min_age", "max_age", "guardian_under", "takes_groups", "asks_first", "effort", "insurance"),
    "is_with_children",
)
CHANGEABLE = frozenset({"venue", "is_online", *_TEXTS, *_WHO})


class WrongStatus(DomainError):
    code = "wrong_status"
    message = _("いまの状態では、この募集にこの操作はできません。画面を開きなおして、状態を確かめてください。")


class StaleForm(DomainError):
    code = "stale_form"
    message = _(
        "入力しているあいだに、ほかの方がこの募集を変えました。新しい内容を見てから、もう一度保存してください。"
    )


class NoSlots(DomainError):
    code = "no_slots"
    message = _("これからの枠がありません。日時の枠を足してから公開してください。")


class NotApproved(DomainError):
    code = "organisation_not_approved"
    message = _("団体の確認がまだ終わっていません。承認されてから公開できます。")


class Lack(models.TextChoices):
    """What a role may lack as a draft, and needs before a coordinator looks at it."""

    SUMMARY = "summary", _("すること")
    TIMES = "times", _("これからの日時")
    PLACE = "place", _("場所")


class Incomplete(DomainError):
    code = "incomplete"

    def __init__(self, lacks: list[Lack]) -> None:
        super().__init__(lacks)
        self.lacks = lacks
        self.message = _("まだ足りないものがあります:%(lacks)s。書いてから、もう一度お送りください。") % {
            "lacks": listed(str(lack.label) for lack in lacks)
        }


class ChildrenNeedALook(DomainError):
    code = "children_need_a_look"
    message = _(
        "「子どもとかかわる」は、下書きのときだけ変えられます。公開のあとで変えるときは、新しい募集を作ってください。"
    )


class NeedsSecondLook(DomainError):
    code = "needs_second_look"
    message = _("子どもとかかわる募集です。コーディネーターがもうひとり確かめると、公開されます。")


class NeedsPlace(DomainError):
    code = "needs_place"
    message = _("会場をえらんでください。家からできる活動なら「家からできる」に印をつけてください。")


class BadAges(DomainError):
    code = "bad_ages"
    message = _("年齢の範囲を確かめてください。「何歳まで」は「何歳から」以上で、120歳まで入れられます。")


class BadGuardianAge(DomainError):
    code = "bad_guardian_age"
    message = _("保護者の同意がいる年齢は、20歳までで入れてください。")


@transaction.atomic
def draft(*, organisation: Organisation, now: dt.datetime, actor: User | None, **fields: Any) -> Role:
    """Begin a role that nobody else sees yet; all it needs is a name.

    Fields are those of ``Role``, and ``activities`` (the main one first), ``skills``, ``qualifications``, ``access``.

    Raises
    ------
    BadAges, BadGuardianAge, and what ``words.checked`` raises
    """
    lists = _take_lists(fields)
    role = Role(organisation=organisation, created_at=now, changed_at=now)
    _write(role, {"title": "", **_changeable(fields)})
    role.save()
    _set_lists(role, lists)
    audit.record(actor=actor, action="role.draft", target=role, now=now)
    return _indexed(role)


@transaction.atomic
def change(
    *,
    role: Role,
    now: dt.datetime,
    actor: User | None,
    expected_changed_at: dt.datetime | None = None,
    **fields: Any,
) -> Role:
    """Change what a role says, as long as it is not over. Only a draft may lose what it needs to be public.

    A coordinator reads afterwards what a public role says otherwise, and of one with children before it is public, see
    ``rewordings``.

    Raises
    ------
    StaleForm where the role was changed since *expected_changed_at*; WrongStatus, NeedsPlace, ChildrenNeedALook, and
    what ``draft`` raises
    """
    locked = _lock(role, *BEFORE_THE_END)
    if expected_changed_at is not None and expected_changed_at != locked.changed_at:
        raise StaleForm
    lists = _take_lists(fields)
    before = rewordings.words_of(locked)
    _write(locked, _changeable(fields))
    if locked.status in PUBLISHED:
        rewordings.note(role=locked, before=before, given=fields, now=now, actor=actor)
        note_venue(locked, before["venue_id"], now)
    locked.changed_at = now
    locked.save()
    _set_lists(locked, lists)
    audit.record(actor=actor, action="role.change", target=locked, now=now, fields=sorted({*fields, *lists}))
    return _indexed(locked)


@transaction.atomic
def submit(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Hand a draft in, so that a coordinator looks at it.

    Raises
    ------
    WrongStatus, Incomplete
    """
    locked = _lock(role, RoleStatus.DRAFT)
    if lacks := missing(role=locked, now=now):
        raise Incomplete(lacks)
    locked.submitted_at = now
    return _move(locked, RoleStatus.WAITING, "role.submit", now, actor)


@transaction.atomic
def withdraw(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Take back what was handed in, to write on it.

    Raises
    ------
    WrongStatus
    """
    return _move(_lock(role, RoleStatus.WAITING), RoleStatus.DRAFT, "role.withdraw", now, actor)


@transaction.atomic
def discard(*, role: Role, now: dt.datetime, actor: User | None) -> None:
    """Throw a draft away; what was public once is called off instead.

    Raises
    ------
    WrongStatus
    """
    locked = _lock(role, RoleStatus.DRAFT)
    audit.record(actor=actor, action="role.discard", target=locked, now=now)
    locked.delete()


@transaction.atomic
def send_back(*, role: Role, now: dt.datetime, actor: User | None, reason: str = "") -> Role:
    """Make a handed-in role a draft again, and tell its organisation why.

    Raises
    ------
    WrongStatus, TextTooLong, UnreadableText
    """
    locked = _lock(role, RoleStatus.WAITING)
    reason = words.readable(reason, at_most=500, field=_("理由"))
    letters.tell_members(
        organisation=locked.organisation,
        kind="role_sent_back",
        title=_("募集「%(role)s」について"),
        body=_("募集「%(role)s」に、書き直していただきたいところがあります。直したら、もう一度お送りください。"),
        names={"role": locked.title},
        about={"role": locked.pk},
        now=now,
        reason=reason,
        path=f"/organisation/roles/{locked.pk}/",
    )
    return _move(locked, RoleStatus.DRAFT, "role.send_back", now, actor, reason=reason)


@transaction.atomic
def publish(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Open a handed-in role to everybody; the needs it was made for are taken up.

    Insurance may still be 「確認中」: the page says so.

    Raises
    ------
    WrongStatus, NotApproved, NoSlots
    NeedsSecondLook where it is with children and fewer than two people have found good what it says now
    """
    locked = _lock(role, RoleStatus.WAITING)
    if not locked.organisation.is_approved:
        raise NotApproved
    if locked.is_with_children and _lookers(locked) < LOOKS_WITH_CHILDREN:
        raise NeedsSecondLook
    _check_slots(locked, now)
    locked.published_at = now
    need_ends.take_up(role=locked, now=now, actor=actor)
    return _move(locked, RoleStatus.OPEN, "role.publish", now, actor)


@transaction.atomic
def close(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Take no more people; those who are coming still come.

    Raises
    ------
    WrongStatus
    """
    return _move(_lock(role, *PUBLISHED), RoleStatus.CLOSED, "role.close", now, actor)


@transaction.atomic
def cancel(*, role: Role, now: dt.datetime, actor: User | None) -> Role:
    """Call off a role that nobody comes to; ``volunteers.services.placements.cancel_role`` tells those who do.

    Raises
    ------
    WrongStatus where it was never published, is over or called off already; SomebodyComes
    """
    slots = list(Slot.objects.select_for_update(no_key=True).filter(role=role, cancelled_at=None).order_by("pk"))
    ahead = [slot for slot in slots if slot.ends_at > now]
    # Closed to newcomers, it may still take place, and so be called off.
    locked = _lock(role, *PUBLISHED, *([RoleStatus.CLOSED] if ahead else []))
    if any(slot.taken for slot in ahead):
        raise SomebodyComes
    Slot.objects.filter(pk__in=[slot.pk for slot in slots], taken=0).update(cancelled_at=now)
    return _move(locked, RoleStatus.CANCELLED, "role.cancel", now, actor)


@transaction.atomic
def close_past(*, now: dt.datetime) -> int:
    """Close the roles whose last time is over; say how many."""
    still = Q(slots__cancelled_at=None, slots__ends_at__gt=now)
    over = Role.objects.filter(status__in=PUBLISHED, slots__isnull=False).exclude(
        pk__in=Role.objects.filter(still).values("pk")
    )
    locked = Role.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=over.values("pk"))
    roles = list(locked.order_by("pk"))
    for role in roles:
        _move(role, RoleStatus.CLOSED, "role.close_past", now, None)
    return len(roles)


def _lock(role: Role, *allowed: RoleStatus) -> Role:
    locked = Role.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation").get(pk=role.pk)
    if locked.status not in allowed:
        raise WrongStatus
    return locked


def _move(role: Role, status: RoleStatus, action: str, now: dt.datetime, actor: User | None, **detail: Any) -> Role:
    role.status, role.changed_at = status, now
    role.save(update_fields=["status", "changed_at", "submitted_at", "published_at"])
    audit.record(actor=actor, action=action, target=role, now=now, **detail)
    return role


def missing(*, role: Role, now: dt.datetime) -> list[Lack]:
    """Return what *role* lacks before it can be handed in, in the order in which one is asked for it."""
    has = {
        Lack.SUMMARY: bool(role.summary),
        Lack.TIMES: Slot.objects.free(now).filter(role=role).exists(),
        Lack.PLACE: role.is_online or role.venue_id is not None,
    }
    return [lack for lack, is_there in has.items() if not is_there]


def _lookers(role: Role) -> int:
    """Different people: whoever has left since is nobody in particular, and does not count."""
    looks = Review.objects.of_what_it_says_now().filter(role=role, by__isnull=False)
    return looks.values("by").distinct().count()


def _check_slots(role: Role, now: dt.datetime) -> None:
    if not Slot.objects.free(now).filter(role=role).exists():
        raise NoSlots


def _changeable(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"a role's {', '.join(sorted(unknown))} cannot be set here")
    return fields


def _take_lists(fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: list(fields.pop(name)) for name in ("activities", *LISTS) if name in fields}


def _set_lists(role: Role, lists: dict[str, list[Any]]) -> None:
    for name in LISTS:
        if name in lists:
            getattr(role, name).set(lists[name])
    if "activities" in lists:
        role.role_activities.all().delete()
        chosen = enumerate(dict.fromkeys(lists["activities"]))
        RoleActivity.objects.bulk_create(RoleActivity(role=role, activity=one, position=n) for n, one in chosen)


def _write(role: Role, fields: dict[str, Any]) -> None:
    """Set *fields*; what only a draft may lack is refused to the others."""
    is_draft = role.status == RoleStatus.DRAFT
    if not is_draft and fields.get("is_with_children", role.is_with_children) != role.is_with_children:
        raise ChildrenNeedALook
    empty = {"summary": ""} if is_draft and not fields.get("summary", "-").strip() else {}
    given = {name: value for name, value in fields.items() if name not in empty}
    for name, value in {**words.checked(Role, given), **empty}.items():
        setattr(role, name, value)
    (_check_ages if is_draft else check)(role)


def note_venue(role: Role, before: int | None, now: dt.datetime) -> None:
    """Write down that *role*, which is public and not saved yet, takes place elsewhere than at the venue *before*."""
    if role.venue_id != before:
        role.place_changed_at = now


def check(role: Role) -> None:
    """Refuse what no role may be once it is handed in.

    Raises
    ------
    NeedsPlace, BadAges, BadGuardianAge
    """
    if role.venue_id is None and not role.is_online:
        raise NeedsPlace
    _check_ages(role)


def _check_ages(role: Role) -> None:
    if role.min_age > OLDEST or (role.max_age is not None and not role.min_age <= role.max_age <= OLDEST):
        raise BadAges
    if role.guardian_under > LATEST_GUARDIAN_AGE:
        raise BadGuardianAge


def _indexed(role: Role) -> Role:
    search.index(roles=Role.objects.filter(pk=role.pk))
    role.refresh_from_db(fields=["search_text"])
    return role
