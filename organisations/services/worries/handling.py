"""A worry's life: it arrives, is read, somebody is answered, it is passed on or closed, and its words are forgotten.

What is under the seal is opened here and in ``overlaps`` alone, for a coordinator of its town, and each time leaves a
line in the audit trail. Nothing of it is written anywhere else.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import Language
from accounts.services import audit
from accounts.services.consents import TextMissing as ConsentMissing
from accounts.services.errors import DomainError
from notifications.services import letters
from organisations.models import Town, Worry
from organisations.models.worry import Reach, Via, WorryOutcome
from organisations.services import words
from organisations.services.coordinating import answer_clock, desks
from organisations.services.worries import referrals, sealing, worry_letters
from organisations.services.worries.beyond import INSTEAD, Beyond

LONGEST_WORDS = 2000
LONGEST_CONTACT = 200
LONGEST_NAME = 60
_DIGITS = re.compile(r"\D")
SHORTEST_PHONE = 9


class NobodyThere(DomainError):
    code = "nobody_there"
    message = _("この町の困りごとを画面で受ける相談員は、まだいません。お手数ですが、下の相談窓口へお電話ください。")


class NotYourArea(DomainError):
    code = "not_your_area"
    message = _("この困りごとは、あなたの担当の町のものではありません。")


class Forgotten(DomainError):
    code = "worry_forgotten"
    message = _("書かれていたことは、約束どおり消しました。")


class AlreadyClosed(DomainError):
    code = "worry_closed"
    message = _("この困りごとは、もう終わっています。画面を開きなおしてください。")


class NotAnsweredYet(DomainError):
    code = "worry_not_answered"
    message = _("まだ連絡の記録がありません。連絡したことを記録してから、終えてください。")


class CannotBeReached(DomainError):
    """Says what is lacking for the way that was chosen."""

    code = "cannot_be_reached"
    message: str | Promise = _("連絡先を確かめてください。このままだと、連絡できません。")

    def __init__(self, reach: str = "") -> None:
        super().__init__(reach)
        self.message = _LACKING.get(reach, self.message)


_LACKING: Mapping[str, Promise] = {
    Reach.PHONE: _("電話番号を、市外局番から書いてください。例: 045-000-0000"),
    Reach.EMAIL: _("メールアドレスを確かめてください。例: midori@example.jp"),
    Reach.LINE: _("LINEの名前を書いてください。"),
    Reach.LETTER: _("手紙のとどく住所を書いてください。"),
}


class NameForLetter(DomainError):
    code = "name_for_letter"
    message = _("手紙の封筒に書くお名前を教えてください。")


@dataclass(frozen=True)
class Contents:
    """What lies under the seal: somebody's words, what they want to be called, and how to reach them."""

    words: str
    reach: str
    contact: str = ""
    name: str = ""


@transaction.atomic
def receive(
    *,
    receipt: str,
    town: Town,
    contents: Contents,
    consent_text: str,
    now: dt.datetime,
    is_about_other: bool = False,
    language: str = Language.JA,
    via: str = Via.WEB,
    actor: User | None = None,
) -> Worry:
    """Take a worry in, and tell the coordinators of *town* that there is one.

    Parameters
    ----------
    receipt : from ``receipts.draw``. Sent twice with the same, it arrives once.
    consent_text : the very words that were agreed to.
    actor : who typed it in, where it came by telephone or on paper.

    Raises
    ------
    TextMissing, TextTooLong, UnreadableText, CannotBeReached, NameForLetter, NobodyThere, NotYourArea, and what
    ``consents`` raises where there is no text
    """
    if not consent_text.strip():
        raise ConsentMissing
    if actor is not None and not desks.is_coordinator_of(actor, town):
        raise NotYourArea
    coordinators = desks.coordinators_of(town)
    if not coordinators:
        raise NobodyThere
    sealed = sealing.seal(asdict(checked(contents)))
    worry, is_new = Worry.objects.get_or_create(
        receipt=receipt,
        defaults={
            "town": town,
            "is_about_other": is_about_other,
            "via": via,
            "language": language,
            "sealed": sealed,
            "consent_text": consent_text.strip(),
            "consented_at": now,
            "typed_in_by": actor,
            "arrived_at": now,
            "answer_by": answer_clock.answer_by(now),
        },
    )
    if is_new:
        audit.record(actor=actor, action="worry.receive", target=worry, now=now, via=via)
        others = [user for user in coordinators if user != actor]
        letters.write(worry_letters.ARRIVED, others, worry, now, path=worry_letters.PAGE % worry.pk)
    return worry


def checked(contents: Contents) -> Contents:
    """Return *contents* as they are kept.

    Raises
    ------
    TextMissing, TextTooLong, UnreadableText, CannotBeReached, NameForLetter
    """
    told = words.readable(contents.words, at_most=LONGEST_WORDS, field=_("困っていること"))
    if not told:
        raise words.TextMissing(_("困っていること"))
    contact = words.readable(contents.contact, at_most=LONGEST_CONTACT, field=_("連絡先"))
    if contents.reach not in Reach.values or not _reaches(contents.reach, contact):
        raise CannotBeReached(contents.reach)
    name = words.readable(contents.name, at_most=LONGEST_NAME, field=_("お呼びするお名前"))
    if contents.reach == Reach.LETTER and not name:
        raise NameForLetter
    return Contents(told, contents.reach, contact, name)


def _reaches(reach: str, contact: str) -> bool:
    """Whether it can be meant: a coordinator who cannot answer would leave somebody waiting."""
    if reach == Reach.PHONE:
        return len(_DIGITS.sub("", unicodedata.normalize("NFKC", contact))) >= SHORTEST_PHONE
    if reach == Reach.EMAIL:
        try:
            validate_email(contact)
        except ValidationError:
            return False
    return reach == Reach.VISIT or bool(contact)


@transaction.atomic
def read(*, worry: Worry, now: dt.datetime, actor: User, through: str = "worry") -> Contents:
    """Open the seal for *actor*, and write down that they have read it.

    Raises
    ------
    NotYourArea, Forgotten, sealing.CannotOpen
    """
    if not desks.is_coordinator_of(actor, worry.town):
        raise NotYourArea
    if worry.sealed is None:
        raise Forgotten
    audit.looked_at(actor=actor, target=worry, now=now, through=through)
    return Contents(**sealing.unseal(worry.sealed))


@transaction.atomic
def answered(*, worry: Worry, now: dt.datetime, actor: User) -> Worry:
    """Write down that the sender has heard from *actor*; the clock stops. Twice is as once.

    Raises
    ------
    NotYourArea, AlreadyClosed
    """
    locked = _lock(worry, actor)
    if locked.answered_at is None:
        locked.answered_at, locked.answered_by = now, actor
        locked.save(update_fields=["answered_at", "answered_by"])
        audit.record(actor=actor, action="worry.answer", target=locked, now=now)
    return locked


@transaction.atomic
def refuse(*, worry: Worry, beyond: Beyond, now: dt.datetime, actor: User) -> Worry:
    """Close what this service does not do, once the person was told so kindly and the right desk was named.

    Raises
    ------
    NotYourArea, AlreadyClosed
    """
    told = answered(worry=worry, now=now, actor=actor)
    referrals.refer(worry=told, place=str(INSTEAD[beyond].desk), now=now, actor=actor)
    return close(worry=told, outcome=WorryOutcome.REFUSED, now=now, actor=actor, beyond=beyond.value)


@transaction.atomic
def keep(*, worry: Worry, now: dt.datetime, actor: User) -> Worry:
    """Close it here because a coordinator goes on listening, and nothing is to be made public of it.

    Raises
    ------
    NotYourArea, AlreadyClosed, NotAnsweredYet
    """
    return close(worry=worry, outcome=WorryOutcome.KEPT, now=now, actor=actor)


@transaction.atomic
def close(*, worry: Worry, outcome: WorryOutcome, now: dt.datetime, actor: User, beyond: str = "") -> Worry:
    """End it, and say what came of it; from now on runs the time after which its words are forgotten.

    Raises
    ------
    NotYourArea, AlreadyClosed, NotAnsweredYet where nobody tried
    """
    locked = _lock(worry, actor)
    if locked.answered_at is None and outcome != WorryOutcome.UNREACHABLE:
        raise NotAnsweredYet
    locked.closed_at, locked.outcome = now, outcome
    locked.save(update_fields=["closed_at", "outcome"])
    detail = {"beyond": beyond} if beyond else {}
    audit.record(actor=actor, action="worry.close", target=locked, now=now, outcome=outcome, **detail)
    return locked


@transaction.atomic
def forget(worry: Worry, now: dt.datetime) -> None:
    """Throw away what was under the seal of a closed worry; its number and what came of it stay."""
    Worry.objects.filter(pk=worry.pk, closed_at__isnull=False).update(sealed=None, forgotten_at=now)
    audit.record(actor=None, action="worry.forget", target=worry, now=now)


def _lock(worry: Worry, actor: User) -> Worry:
    locked = Worry.objects.select_for_update(no_key=True, of=("self",)).select_related("town").get(pk=worry.pk)
    if not desks.is_coordinator_of(actor, locked.town):
        raise NotYourArea
    if locked.closed_at is not None:
        raise AlreadyClosed
    return locked
