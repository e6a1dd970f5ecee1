"""What a role says, as a draft and later on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import Organisation, Role, RoleActivity
from organisations.models.role import BEFORE_THE_END, PUBLISHED, RoleStatus
from organisations.services import search, words
from organisations.services.roles import rewordings
from organisations.services.roles.complete import check, check_ages
from organisations.services.roles.held import StaleForm, lock

LISTS = ("skills", "qualifications", "access")
_TEXTS = ("title", "title_easy", "title_en", "summary", "summary_en", "cost", "bring", "rain_rule", "contact")
_WHO = (
    *("min_age", "max_age", "guardian_under", "takes_groups", "asks_first", "effort", "insurance"),
    "is_with_children",
)
CHANGEABLE = frozenset({"venue", "is_online", *_TEXTS, *_WHO})


class ChildrenNeedALook(DomainError):
    code = "children_need_a_look"
    message = _(
        "「子どもとかかわる」は、下書きのときだけ変えられます。公開のあとで変えるときは、新しい募集を作ってください。"
    )


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
    locked = lock(role, *BEFORE_THE_END)
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
    (check_ages if is_draft else check)(role)


def note_venue(role: Role, before: int | None, now: dt.datetime) -> None:
    """Write down that *role*, which is public and not saved yet, takes place elsewhere than at the venue *before*."""
    if role.venue_id != before:
        role.place_changed_at = now


def _indexed(role: Role) -> Role:
    search.index(roles=Role.objects.filter(pk=role.pk))
    role.refresh_from_db(fields=["search_text"])
    return role
