"""「立ち上げたい」: an idea reaches the coordinators of its town, is answered by a date, and may become a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from accounts.models.user import Language
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.models import Notification
from notifications.services import letters
from notifications.services.letters import Kind
from organisations.models import Activity, Initiative, Organisation, Role, Town
from organisations.models.initiative import Step
from organisations.services import words
from organisations.services.coordinating import answer_clock
from organisations.services.hosts import organisations
from organisations.services.roles import writing

MOST_OPEN = 3
# What a beginning group usually asks for first; each becomes a draft to be written on.
FIRST_ROLES = (
    _("はじめの一回に来てくれる方"),
    _("準備と片づけを手伝ってくれる方"),
    _("いっしょに続けてくれる仲間"),
)


class TooManyOpen(DomainError):
    code = "too_many_initiatives"
    message = _("お返事を待っている相談が、もういくつもあります。お返事がとどいてから、次の相談を書いてください。")


class AlreadyClosed(DomainError):
    code = "initiative_closed"
    message = _("この相談は、もう終わっています。画面を開きなおして、状態を確かめてください。")


def _is_unanswered(notification: Notification, _now: dt.datetime) -> bool:
    pk = notification.about["initiative"]
    return Initiative.objects.open().filter(pk=pk, answered_at=None).exists()


ARRIVED = Kind(
    "initiative_arrived",
    _("立ち上げの相談がとどきました"),
    _("新しい活動をはじめたい方がいます。期限までに、ご連絡をお願いします。"),
    _is_unanswered,
)
REMINDER = Kind(
    "initiative_reminder",
    _("立ち上げの相談に、連絡すると約束した日です"),
    _("連絡を待っている方がいます。短いお電話だけでも、お願いします。"),
    _is_unanswered,
)
SILENT = Kind(
    "initiative_unanswered",
    _("立ち上げの相談に、まだ連絡がありません"),
    _("期限をすぎても、連絡をした記録がありません。担当の窓口に声をかけてください。"),
    _is_unanswered,
)
ANSWERED = Kind(
    "initiative_answered",
    _("立ち上げの相談について"),
    _("ご相談を、窓口のコーディネーターがお預かりしました。いっしょに準備していきましょう。"),
)
BECAME = Kind(
    "initiative_became_group",
    _("団体のページの下書きができました"),
    _("ご相談から、団体の登録とはじめの募集の下書きができました。ことばを直して、仕上げてください。"),
)
STILL_RIGHT = letters.still_right(ARRIVED, REMINDER, SILENT)
_PAGE = "/console/initiatives/%s/"


@transaction.atomic
def ask(
    *, user: User, town: Town, title: str, idea: str, activities: Iterable[Activity], now: dt.datetime
) -> Initiative:
    """Keep an idea, promise an answer within two working days, and tell the coordinators of *town*.

    Raises
    ------
    TooManyOpen, and what ``words.checked`` raises
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if Initiative.objects.open().filter(user=user, answered_at=None).count() >= MOST_OPEN:
        raise TooManyOpen
    values = words.checked(Initiative, {"title": title, "idea": idea})
    made = Initiative.objects.create(
        user=user, town=town, created_at=now, answer_by=answer_clock.answer_by(now), **values
    )
    made.activities.set(activities)
    audit.record(actor=user, action="initiative.ask", target=made, now=now)
    letters.write(ARRIVED, answer_clock.responsible_for(town), made, now, path=_PAGE % made.pk)
    return made


@transaction.atomic
def check_off(*, initiative: Initiative, steps: Iterable[str], now: dt.datetime, actor: User) -> Initiative:
    """Keep which steps of the list have been thought through.

    Raises
    ------
    AlreadyClosed
    """
    locked = _open(initiative)
    done = set(steps)
    locked.done_steps = [step.value for step in Step if step in done]
    locked.save(update_fields=["done_steps"])
    audit.record(actor=actor, action="initiative.check_off", target=locked, now=now)
    return locked


@transaction.atomic
def answered(*, initiative: Initiative, now: dt.datetime, actor: User) -> Initiative:
    """Write down that a coordinator has been in touch; a second time changes nothing.

    Raises
    ------
    AlreadyClosed
    """
    locked = _open(initiative)
    if locked.answered_at is None:
        locked.answered_at, locked.answered_by = now, actor
        locked.save(update_fields=["answered_at", "answered_by"])
        audit.record(actor=actor, action="initiative.answered", target=locked, now=now)
        letters.write(ANSWERED, [locked.user], locked, now, path="/organisation/initiatives/")
    return locked


@transaction.atomic
def become(*, initiative: Initiative, name: str, kind: str, now: dt.datetime, actor: User) -> Organisation:
    """Turn an idea into an organisation that waits for approval, with three first roles as drafts.

    Raises
    ------
    AlreadyClosed, and what ``organisations.register`` raises
    """
    locked = _open(initiative)
    made = organisations.register(name=name, kind=kind, town=locked.town, about=locked.idea, now=now, actor=actor)
    organisations.add_member(organisation=made, user=locked.user, now=now, actor=actor)
    _first_roles(locked, made, now, actor)
    locked.organisation, locked.closed_at = made, now
    if locked.answered_at is None:
        locked.answered_at, locked.answered_by = now, actor
    locked.save(update_fields=["organisation", "closed_at", "answered_at", "answered_by"])
    audit.record(actor=actor, action="initiative.become", target=locked, now=now, organisation=made.pk)
    letters.write(BECAME, [locked.user], locked, now, path=f"/organisation/{made.pk}/")
    return made


@transaction.atomic
def close(*, initiative: Initiative, now: dt.datetime, actor: User) -> Initiative:
    """End the talk without a group: by who asked, or by a coordinator.

    Raises
    ------
    AlreadyClosed
    """
    locked = _open(initiative)
    locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    audit.record(actor=actor, action="initiative.close", target=locked, now=now)
    return locked


def tick(*, now: dt.datetime) -> int:
    """Remind of ideas that nobody answered in time; says how many steps were taken."""
    rows = Initiative.objects.all()
    return answer_clock.tick(rows=rows, remind=REMINDER, tell=SILENT, path=_PAGE, now=now)


def _open(initiative: Initiative) -> Initiative:
    locked = Initiative.objects.select_for_update(no_key=True, of=("self",)).select_related("user", "town")
    found = locked.get(pk=initiative.pk)
    if found.closed_at is not None:
        raise AlreadyClosed
    return found


def _first_roles(initiative: Initiative, organisation: Organisation, now: dt.datetime, actor: User) -> list[Role]:
    activities = list(initiative.activities.all())
    with override(Language.JA):  # the name of a role is Japanese; another language has a field of its own
        titles = [str(title) for title in FIRST_ROLES]
    return [
        writing.draft(organisation=organisation, title=title, summary="", activities=activities, now=now, actor=actor)
        for title in titles
    ]
