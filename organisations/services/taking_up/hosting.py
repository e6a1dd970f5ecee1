"""A coordinator asks a group to take a need up; it says yes, and has a draft of its role, or no, and perhaps why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from notifications.models import Notification
from notifications.services import letters
from organisations.models import HostingRequest, Need, Organisation, Role, RoleActivity
from organisations.models.need import NeedStatus, WhyNot
from organisations.services import search, words
from organisations.services.needs import finding
from organisations.services.roles.approval import NotApproved
from organisations.services.taking_up import from_needs

SHOWN = 12
LONGEST_SEARCH = 80
NEXT_STEPS: Mapping[str, Promise] = {
    "": _("ほかの団体にもお聞きください。"),
    WhyNot.HANDS: _("ほかの団体にお聞きになるか、窓口の募集にして、手伝ってくれる方をあつめてみてください。"),
    WhyNot.NOT_OURS: _("同じ活動をしている団体にお聞きください。"),
    WhyNot.TIME: _(
        "時期や曜日を変えられるときは、この団体に電話で相談してみてください。変えられないときは、ほかの団体にお聞きください。"
    ),
    WhyNot.OTHER: _("くわしいことは、この団体に電話で聞いてみてください。ほかの団体にもお願いできます。"),
}


class AskedAlready(DomainError):
    code = "hosting_asked_already"
    message = _("この団体には、もうお願いしています。返事をお待ちください。")


class AnsweredAlready(DomainError):
    code = "hosting_answered_already"
    message = _("このお願いには、もうお返事をいただいています。")


def candidates(*, need: Need, text: str = "") -> list[Organisation]:
    """Return organisations to ask: those that do the same activities first, the nearest of them in front.

    Each with ``does_same``. Desks, and those that were asked already, are left out.
    """
    asked = HostingRequest.objects.filter(need=need, organisation=OuterRef("pk"))
    same = RoleActivity.objects.filter(role__organisation=OuterRef("pk"), activity__in=need.activities.all())
    rows = Organisation.objects.approved().filter(~Exists(asked), support_desk=None).annotate(does_same=Exists(same))
    if text:
        rows = rows.filter(pk__in=_called(text))
    point = from_needs.point_of(need)
    order: list[str | OrderBy] = ["-does_same", "pk"]
    if point is not None:
        rows = rows.alias(_km=search.haversine(*point, of="town"))
        order.insert(1, F("_km").asc(nulls_last=True))
    return list(rows.select_related("town").order_by(*order)[:SHOWN])


def _called(text: str) -> list[int]:
    """Return the organisations whose name holds *text*, however either is written; only the names are read."""
    folded = words.fold(text)
    names = Organisation.objects.approved().values_list("pk", "name")
    return [pk for pk, name in names if folded in words.fold(name)]


@transaction.atomic
def ask(*, need: Need, organisation: Organisation, now: dt.datetime, actor: User) -> HostingRequest:
    """Ask *organisation* to take *need* up, and tell those who act for it.

    One that could not this time may be asked once more; the new question takes the place of the old.

    Raises
    ------
    NeedOver, AlreadyTurning, NotApproved, AskedAlready
    """
    current = from_needs.lock(need, now)
    if not organisation.is_approved:
        raise NotApproved
    made = _ask_again(current, organisation, now, actor) or _ask(current, organisation, now, actor)
    audit.record(actor=actor, action="hosting.ask", target=made, now=now, need=need.pk, organisation=organisation.pk)
    members = User.objects.filter(memberships__organisation=organisation, is_active=True).order_by("pk")
    letters.write(ASKED, members, made, now, path=f"/organisation/hosting/{made.pk}/", about=_which(made))
    return made


def may_ask_again(request: HostingRequest) -> bool:
    """Say whether a no was about this time, and not about what the organisation does at all."""
    return request.is_accepted is False and request.why_not != WhyNot.NOT_OURS


def _ask(need: Need, organisation: Organisation, now: dt.datetime, actor: User) -> HostingRequest:
    try:
        with transaction.atomic():
            return HostingRequest.objects.create(need=need, organisation=organisation, asked_by=actor, asked_at=now)
    except IntegrityError as error:
        raise AskedAlready from error


def _ask_again(need: Need, organisation: Organisation, now: dt.datetime, actor: User) -> HostingRequest | None:
    """Put the question anew to who said no; what was answered before stays in the audit trail."""
    rows = HostingRequest.objects.select_for_update(no_key=True)
    before = rows.filter(need=need, organisation=organisation).first()
    if before is None or not may_ask_again(before):
        return None
    before.asked_by, before.asked_at = actor, now
    before.answered_at, before.is_accepted, before.why_not, before.remark = None, None, "", ""
    before.save()
    return before


def _which(request: HostingRequest) -> str:
    """Tell the letters about one question from those about the one before it."""
    return f"{request.asked_at:%Y%m%d%H%M%S}"


@transaction.atomic
def accept(*, request: HostingRequest, now: dt.datetime, actor: User) -> Role:
    """Take the need up: a draft of the role lies ready, with the days and the nearest venue that suit.

    Raises
    ------
    AnsweredAlready, NeedOver, AlreadyTurning
    """
    locked = _answer(request, now, is_accepted=True)
    need, organisation = locked.need, locked.organisation
    venues = from_needs.venues_near([need], organisation)
    role = from_needs.begin(
        needs=[need],
        organisation=organisation,
        now=now,
        actor=actor,
        time=from_needs.time_of(need, now=now),
        venue=venues[0] if venues else None,
    )
    audit.record(actor=actor, action="hosting.accept", target=locked, now=now, role=role.pk)
    _tell_desk(ACCEPTED, locked, now)
    return role


@transaction.atomic
def decline(
    *, request: HostingRequest, now: dt.datetime, actor: User, why_not: str = "", remark: str = ""
) -> HostingRequest:
    """Say no; a reason helps whoever asked to take the next step, and can be left out.

    Raises
    ------
    AnsweredAlready, and what ``words.checked`` raises
    """
    reasons = words.checked(HostingRequest, {"why_not": why_not, "remark": remark})
    locked = _answer(request, now, is_accepted=False, **reasons)
    audit.record(actor=actor, action="hosting.decline", target=locked, now=now, why_not=why_not)
    _tell_desk(DECLINED, locked, now, quoted=locked.remark)
    return locked


def next_step(request: HostingRequest) -> Promise:
    """Return what a coordinator can do after this no."""
    return NEXT_STEPS[request.why_not]


def waiting(*, user: User, today: dt.date) -> QuerySet[HostingRequest]:
    """Return the questions to the organisations of *user* that can still be answered, the latest first."""
    own = HostingRequest.objects.filter(organisation__in=Organisation.objects.of(user), answered_at=None)
    free = finding.wanted(today).filter(Q(role=None) | Q(role__status__in=from_needs.OVER))
    return own.filter(need__in=free).select_related("need", "organisation").order_by("-pk")


def _answer(
    request: HostingRequest, now: dt.datetime, *, is_accepted: bool, why_not: str = "", remark: str = ""
) -> HostingRequest:
    rows = HostingRequest.objects.select_for_update(no_key=True, of=("self",))
    locked = rows.select_related("need__town", "need__desk", "organisation").get(pk=request.pk)
    if locked.answered_at is not None:
        raise AnsweredAlready
    locked.answered_at, locked.is_accepted = now, is_accepted
    locked.why_not, locked.remark = why_not, remark
    locked.save(update_fields=["answered_at", "is_accepted", "why_not", "remark"])
    return locked


def _tell_desk(kind: letters.Kind, request: HostingRequest, now: dt.datetime, quoted: str = "") -> None:
    users = User.objects.filter(desk_memberships__desk=request.need.desk, is_active=True).order_by("pk")
    letters.write(
        kind, users, request, now, path=f"/console/needs/{request.need_id}/hosts/", about=_which(request), quoted=quoted
    )


def _names(request: HostingRequest) -> Mapping[str, str]:
    return {"need": request.need.label, "organisation": request.organisation.name}


def _reasons(request: HostingRequest) -> Mapping[str, str]:
    why = f"\n{gettext('理由')}: {request.get_why_not_display()}" if request.why_not else ""
    return {**_names(request), "why": why, "next": str(next_step(request))}


def _still_asked(notification: Notification, _now: dt.datetime) -> bool:
    asked = HostingRequest.objects.filter(pk=notification.about["hostingrequest"], answered_at=None)
    return asked.filter(need__status=NeedStatus.OPEN).exists()


ASKED = letters.Kind(
    "hosting_asked",
    _("引き受けていただけませんか:%(need)s"),
    _(
        "相談窓口から「%(organisation)s」へのお願いです。地域ニーズ「%(need)s」を、みなさんの活動として"
        "引き受けていただけませんか。むずかしいときは、そうお返事くださるだけで大丈夫です。"
    ),
    _still_asked,
    words=_names,
)
ACCEPTED = letters.Kind(
    "hosting_accepted",
    _("お願いへの返事:%(need)s"),
    _("「%(organisation)s」が引き受けてくれました。いま、募集の下書きを書いています。"),
    words=_names,
)
DECLINED = letters.Kind(
    "hosting_declined",
    _("お願いへの返事:%(need)s"),
    _("「%(organisation)s」は、今回はむずかしいそうです。%(why)s\n\n%(next)s"),
    words=_reasons,
)
STILL_RIGHT = letters.still_right(ASKED)
