"""What guardians hear, with a link of their own: what they are asked, and what becomes of where a child comes."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models.consent import ConsentKind
from accounts.services import consents
from notifications.message import Action, Message
from notifications.models import Channel, Delivery, Notification
from notifications.services import links, outbox
from volunteers.models import Application, GuardianRequest, Placement
from volunteers.models.application import ApplicationStatus
from volunteers.models.volunteer import ADULT_AGE
from volunteers.services.telling import letters
from volunteers.services.telling.letters import Kind

CONSENT, EACH_TIME = "guardian", "guardian_each_time"
EACH = "guardian_each_time"


def each_time(request: GuardianRequest, application: Application, now: dt.datetime) -> None:
    """Ask about one activity."""
    slot = application.slot
    with override(request.guardian.language):
        names = letters.names(slot)
    title = _("%(name)sさんが「%(role)s」に申し込みました")
    body = _(
        "%(guardian)sさま\n\n"
        "%(name)sさんが、つぎの活動に申し込みました。参加してよいか、下のページでお返事ください。\n\n"
        "「%(role)s」\n%(when)s\n%(place)s"
    )
    key = f"{application.pk}"
    to_guardian(
        request,
        EACH,
        title,
        body,
        _("返事をする"),
        now,
        days=30,
        once_for=key,
        action=EACH_TIME,
        target=application.pk,
        **names,
    )


def follow(kind: Kind, row: Placement, now: dt.datetime, *, about: str = "") -> None:
    """Tell the guardian whose consent holds what a young person was told about where they come."""
    today, person = timezone.localdate(now), row.volunteer
    if person.age(today) >= ADULT_AGE or not consents.holds(user=person.user, kind=ConsentKind.GUARDIAN, on=today):
        return
    agreed = GuardianRequest.objects.filter(volunteer=person, is_given=True, consent__withdrawn_at=None)
    request = agreed.select_related("guardian").order_by("-pk").first()
    if request is not None:
        letters.write(kind, [request.guardian], row, now, path="/desks/", about=about)


def child(row: Placement | GuardianRequest) -> dict[str, str]:
    return {"name": row.volunteer.user.name or str(_("お子さま"))}


def to_guardian(
    request: GuardianRequest,
    kind: str,
    title: Promise,
    body: Promise,
    button: Promise,
    now: dt.datetime,
    *,
    days: int,
    once_for: str,
    action: str = CONSENT,
    target: object = None,
    **names: str,
) -> None:
    guardian, key = request.guardian, f"{kind}:{once_for}:{request.guardian_id}"
    if Notification.objects.filter(dedupe_key=f"{key}:{Channel.EMAIL}").exists():
        return
    token = links.issue(user=guardian, action=action, target_id=target or request.pk, now=now, days=days)
    with override(guardian.language):
        said = {**child(request), "guardian": guardian.name, **names}
        url = links.url(token)
        message = Message(kind, str(title % said), str(body % said), actions=(Action(str(button), url),))
    about = {"guardianrequest": request.pk} | ({"application": target} if target else {})
    outbox.notify(user=guardian, message=message, dedupe_key=key, now=now, about=about, channel=Channel.EMAIL)


def _is_asked(notification: Notification, now: dt.datetime) -> bool:
    asked = Application.objects.filter(pk=notification.about["application"], guardian_agreed_at=None)
    return asked.filter(status=ApplicationStatus.ASKED, slot__ends_at__gt=now).exists()


CALLED_OFF = Kind(
    "guardian_called_off",
    _("%(name)sさんの活動が中止になりました:%(role)s"),
    _("%(name)sさんが参加する予定だった活動は、中止になりました。%(name)sさんにもお知らせしています。"),
    letters.is_ahead,
    Delivery.AT_LEAST_ONCE,
    is_urgent=True,
    words=child,
)
STILL_RIGHT = {
    EACH: _is_asked,
    **letters.still_right(CALLED_OFF),
}
