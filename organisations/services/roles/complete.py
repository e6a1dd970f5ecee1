"""What a role must say before anybody else sees it, and what no role may say."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Role, Slot
from organisations.services.saying import listed

OLDEST = 120
LATEST_GUARDIAN_AGE = 20


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


class NeedsPlace(DomainError):
    code = "needs_place"
    message = _("会場をえらんでください。家からできる活動なら「家からできる」に印をつけてください。")


class BadAges(DomainError):
    code = "bad_ages"
    message = _("年齢の範囲を確かめてください。「何歳まで」は「何歳から」以上で、120歳まで入れられます。")


class BadGuardianAge(DomainError):
    code = "bad_guardian_age"
    message = _("保護者の同意がいる年齢は、20歳までで入れてください。")


def missing(*, role: Role, now: dt.datetime) -> list[Lack]:
    """Return what *role* lacks before it can be handed in, in the order in which one is asked for it."""
    has = {
        Lack.SUMMARY: bool(role.summary),
        Lack.TIMES: Slot.objects.free(now).filter(role=role).exists(),
        Lack.PLACE: role.is_online or role.venue_id is not None,
    }
    return [lack for lack, is_there in has.items() if not is_there]


def check(role: Role) -> None:
    """Refuse what no role may be once it is handed in.

    Raises
    ------
    NeedsPlace, BadAges, BadGuardianAge
    """
    if role.venue_id is None and not role.is_online:
        raise NeedsPlace
    check_ages(role)


def check_ages(role: Role) -> None:
    """Refuse what no role may be, not even a draft.

    Raises
    ------
    BadAges, BadGuardianAge
    """
    if role.min_age > OLDEST or (role.max_age is not None and not role.min_age <= role.max_age <= OLDEST):
        raise BadAges
    if role.guardian_under > LATEST_GUARDIAN_AGE:
        raise BadGuardianAge
