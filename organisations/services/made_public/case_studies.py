"""A cooperation that worked, told to others: drafted from what is known, public once both sides agree to the words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import CaseStudy, Cooperation, Organisation
from organisations.models.cooperation import CooperationStatus, Side
from organisations.services.hosts import letters
from organisations.services.times import wording

WORDS = ("title", "before", "who", "what", "result")
SIDES = (Side.OFFER, Side.HOST)
_WHOLE = ("cooperation__offer__organisation", "cooperation__host")


class NotDone(DomainError):
    code = "cooperation_not_done"
    message = _("この協力は、まだ終わっていません。終わってから、事例を書けます。")


class ChangedMeanwhile(DomainError):
    code = "case_changed"
    message = _("たったいま、内容が変わりました。もう一度読んでから、おえらびください。")


class TellsTooLittle(DomainError):
    code = "case_tells_too_little"
    message = _("まだ書かれていないところがあります。4つの欄をすべて書いてから、公開できます。")


class NotPublic(DomainError):
    code = "case_not_public"
    message = _("この事例は、いま公開されていません。")


@transaction.atomic
def draft_from(*, cooperation: Cooperation, now: dt.datetime, actor: User | None) -> CaseStudy:
    """Begin the story of a cooperation with what is known of it; where there is one already, return it.

    Raises
    ------
    NotDone
    """
    whole = Cooperation.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "offer__organisation", "host", "need"
    )
    done = whole.get(pk=cooperation.pk)
    if done.status != CooperationStatus.DONE:
        raise NotDone
    earlier = CaseStudy.objects.filter(cooperation=done).first()
    if earlier is not None:
        return earlier
    made = CaseStudy.objects.create(cooperation=done, changed_at=now, changed_by=actor, **_known(done))
    audit.record(actor=actor, action="case.draft", target=made, now=now)
    _tell(made, DRAFTED, now)
    return made


@transaction.atomic
def change(*, case: CaseStudy, now: dt.datetime, actor: User | None, **words: str) -> CaseStudy:
    """Write it anew. What nobody has agreed to is not public: both sides are asked again.

    *words* are some of ``WORDS``; where they are as before, nothing changes.
    """
    current = lock(case)
    changed = {name: text.strip() for name, text in words.items() if getattr(current, name) != text.strip()}
    if changed:
        for name, text in changed.items():
            setattr(current, name, text)
        ask_again(current, now, actor, fields=changed)
        audit.record(actor=actor, action="case.change", target=current, now=now, fields=sorted(changed))
    return current


@transaction.atomic
def agree(*, case: CaseStudy, side: str, seen_at: dt.datetime, now: dt.datetime, actor: User | None) -> CaseStudy:
    """Agree for *side* to the words as they were at *seen_at*; when both sides have, it is public.

    Raises
    ------
    ChangedMeanwhile, TellsTooLittle
    """
    current = lock(case)
    if current.changed_at != seen_at:
        raise ChangedMeanwhile
    if not all(getattr(current, name) for name in WORDS):
        raise TellsTooLittle
    _set(current, side, now)
    if current.published_at is None and current.offer_agreed_at and current.host_agreed_at:
        current.published_at = now
        _tell(current, PUBLISHED, now)
    current.save(update_fields=[*_AGREED, "published_at"])
    audit.record(actor=actor, action="case.agree", target=current, now=now, side=side)
    return current


@transaction.atomic
def withdraw(*, case: CaseStudy, side: str, now: dt.datetime, actor: User | None) -> CaseStudy:
    """Agree no longer: it is not public any more, and in no book."""
    current = lock(case)
    _set(current, side, None)
    _hide(current)
    audit.record(actor=actor, action="case.withdraw", target=current, now=now, side=side)
    return current


@transaction.atomic
def take_down(*, case: CaseStudy, reason: str, now: dt.datetime, actor: User | None) -> CaseStudy:
    """Take it off the public pages; both sides hear why, and may agree to better words.

    Raises
    ------
    NotPublic
    """
    current = lock(case)
    if current.published_at is None:
        raise NotPublic
    current.offer_agreed_at = current.host_agreed_at = None
    _hide(current)
    audit.record(actor=actor, action="case.take_down", target=current, now=now)
    _tell(current, TAKEN_DOWN, now, reason=reason)
    return current


@transaction.atomic
def choose(*, case: CaseStudy, is_chosen: bool, now: dt.datetime, actor: User | None) -> CaseStudy:
    """Take it into the book, or out of it.

    Raises
    ------
    NotPublic
    """
    current = lock(case)
    if is_chosen and current.published_at is None:
        raise NotPublic
    current.is_chosen = is_chosen
    current.save(update_fields=["is_chosen"])
    audit.record(actor=actor, action="case.choose", target=current, now=now, is_chosen=is_chosen)
    return current


def lock(case: CaseStudy) -> CaseStudy:
    """Return the row as it is now, held until the transaction ends."""
    held = CaseStudy.objects.select_for_update(no_key=True, of=("self",)).select_related(*_WHOLE)
    return held.get(pk=case.pk)


def ask_again(case: CaseStudy, now: dt.datetime, actor: User | None, *, fields: Collection[str] = ()) -> None:
    """Note that a locked case looks otherwise now: nobody has agreed to that yet."""
    case.changed_at, case.changed_by = now, actor
    case.offer_agreed_at = case.host_agreed_at = None
    _hide(case, *fields, "changed_at", "changed_by")
    _tell(case, CHANGED, now)


def organisations_of(case: CaseStudy) -> dict[str, Organisation]:
    """Return who is on which side."""
    return {Side.OFFER: case.cooperation.offer.organisation, Side.HOST: case.cooperation.host}


_AGREED = ("offer_agreed_at", "host_agreed_at")


def _set(case: CaseStudy, side: str, at: dt.datetime | None) -> None:
    setattr(case, _AGREED[SIDES.index(Side(side))], at)


def _hide(case: CaseStudy, *fields: str) -> None:
    case.published_at, case.is_chosen = None, False
    case.save(update_fields=[*fields, *_AGREED, "published_at", "is_chosen"])


def _known(done: Cooperation) -> dict[str, str]:
    """Return the beginnings of a story, in Japanese: how it went only the two sides know."""
    giver, offer = done.offer.organisation, done.offer
    names = {"giver": giver.name, "host": done.host.name, "offer": offer.title}
    with override("ja"):
        what = [gettext("%(giver)sの「%(offer)s」を、%(host)sが使いました。") % names, done.purpose]
        if done.starts_at is not None and done.ends_at is not None:
            what.append(wording.span(done.starts_at, done.ends_at))
        who = gettext("%(giver)s(提供)と%(host)s") % names
    title = f"{giver.name} × {done.host.name}"
    before = done.need.summary if done.need is not None else ""
    told = "\n".join(part for part in what if part)
    return {"title": title[:80], "before": before[:1000], "who": who[:500], "what": told[:1000], "result": ""}


def _tell(case: CaseStudy, words: tuple[str, Promise, Promise], now: dt.datetime, *, reason: str = "") -> None:
    kind, title, body = words
    for organisation in {one.pk: one for one in organisations_of(case).values()}.values():
        letters.tell_members(
            organisation=organisation,
            kind=kind,
            title=title,
            body=body,
            names={"title": case.title},
            about={"case": case.pk},
            now=now,
            reason=reason,
            path=f"/organisation/cases/{case.pk}/",
        )


DRAFTED = (
    "case_drafted",
    _("連携事例の下書きができました:%(title)s"),
    _("終わった協力から、事例の下書きを作りました。内容を直して、双方が「これでよい」と答えると公開されます。"),
)
CHANGED = (
    "case_changed",
    _("連携事例の内容が変わりました:%(title)s"),
    _("内容が変わったので、公開はいったんお休みです。読んでから、もう一度「これでよい」とお答えください。"),
)
PUBLISHED = (
    "case_published",
    _("連携事例を公開しました:%(title)s"),
    _("双方が「これでよい」と答えたので、公開しました。いつでも取り下げられます。"),
)
TAKEN_DOWN = (
    "case_taken_down",
    _("連携事例の公開をお休みにしました:%(title)s"),
    _("コーディネーターが、この事例の公開をお休みにしました。内容を直して、もう一度お答えください。"),
)
