"""What guardians and the young hear about the consent."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from notifications.message import Message
from notifications.models import Channel, Notification
from notifications.services import calls, outbox
from volunteers.models import GuardianRequest, Volunteer
from volunteers.services.telling import letters
from volunteers.services.telling.guardian_letters import child, to_guardian
from volunteers.services.telling.letters import Kind

CANNOT_AGREE = "guardian_cannot_agree"
ASKED, THANKS, EXPIRING = "guardian_asked", "guardian_thanks", "guardian_expiring"
# Of these only the last counts; that places were called off is always told.
ANSWERS = ("guardian_given", "guardian_refused")
ENDS = ("guardian_withdrawn", "guardian_over")


def _is_last(notification: Notification, _now: dt.datetime) -> bool:
    later = Notification.objects.filter(user=notification.user_id, kind__in=[*ANSWERS, *ENDS])
    return not later.filter(created_at__gt=notification.created_at).exists()


GIVEN = Kind(
    "guardian_given",
    _("保護者の方が同意してくださいました"),
    _("保護者の方が同意してくださいました。これから、活動に申し込めます。"),
    _is_last,
)
REFUSED = Kind(
    "guardian_refused",
    _("保護者の方からお返事がありました"),
    _("保護者の方のお返事は、「いまは同意しません」でした。おうちの方と話してみてください。窓口でも相談できます。"),
    _is_last,
)
WITHDRAWN = Kind(
    "guardian_withdrawn",
    _("保護者の方が同意を取り消しました"),
    _("保護者の方が同意を取り消しました。決まっていた予定は、とりやめになりました。"),
)
OVER = Kind(
    "guardian_over",
    _("保護者の方の同意の期限が過ぎました"),
    _("保護者の方の同意の期限が過ぎました。予定はとりやめになりました。続けるには、もう一度お願いしてください。"),
)


def question(request: GuardianRequest, now: dt.datetime) -> None:
    """Ask the guardian; the link holds for 30 days."""
    title = _("%(name)sさんが、地域の活動に参加したいと言っています")
    body = _(
        "%(guardian)sさま\n\n"
        "%(name)sさんが、ご近所の活動に参加したいと、「やりたい」に登録しました。"
        "参加には、保護者の方の同意がいります。何に同意するのかを読んでから、お返事ください。"
        "下のページを開いただけでは、何も決まりません。\n\n"
        "心あたりがないときは、このメールはそのままにしてください。何も起こりません。"
    )
    to_guardian(request, ASKED, title, body, _("読んで、返事をする"), now, days=30, once_for=f"{request.pk}")


def cannot_agree(request: GuardianRequest, now: dt.datetime) -> None:
    """Tell whoever reads the mail of that address, and nobody else, why no answer can be given from there."""
    guardian = request.guardian
    title = _("%(name)sさんから、保護者の方へのお願いがとどきました")
    body = _(
        "このメールアドレスは、18歳未満の方が「やりたい」に登録するときに使われています。"
        "そのため、ここからは同意のお返事ができません。\n\n"
        "保護者の方は、別のメールアドレスを%(name)sさんに伝えるか、相談窓口へお電話ください。紙でも同意できます。\n\n"
        "心あたりがないときは、このメールはそのままにしてください。何も起こりません。"
    )
    with override(guardian.language):
        said = child(request)
        message = Message(CANNOT_AGREE, str(title % said), str(body % said), url=f"{settings.SITE_URL}/desks/")
    key, about = f"{CANNOT_AGREE}:{request.pk}:{guardian.pk}", {"guardianrequest": request.pk}
    outbox.notify(user=guardian, message=message, dedupe_key=key, now=now, about=about, channel=Channel.EMAIL)


def thanks(request: GuardianRequest, now: dt.datetime) -> None:
    """Say what was agreed, with a new link by which it can be taken back as long as it holds."""
    title = _("%(name)sさんの参加に同意してくださり、ありがとうございます")
    body = _(
        "%(guardian)sさま\n\n"
        "%(name)sさんの参加に同意してくださり、ありがとうございます。"
        "連絡は、相談窓口のコーディネーターを通します。同意は、下のページからいつでも取り消せます。"
    )
    days = 370
    key = f"{request.pk}:{request.answered_at:%Y%m%d%H%M%S}"
    to_guardian(request, THANKS, title, body, _("同意の内容を見る"), now, days=days, once_for=key)


def expiring(request: GuardianRequest, now: dt.datetime) -> None:
    """Ask again before the consent runs out."""
    title = _("%(name)sさんの参加への同意は、もうすぐ期限です")
    body = _(
        "%(guardian)sさま\n\n"
        "%(name)sさんの参加に同意してくださり、ありがとうございます。同意は、もうすぐ期限になります。"
        "これからも参加してよいときは、下のページでもう一度同意してください。何もしなければ、期限で終わります。"
    )
    to_guardian(request, EXPIRING, title, body, _("読んで、返事をする"), now, days=60, once_for=f"{request.consent_id}")


def tell(kind: Kind, volunteer: Volunteer, now: dt.datetime) -> None:
    """Tell the young person, who is spoken to by a coordinator: instead of an answer that they have not heard yet."""
    calls.overtake(user=volunteer.user, kinds=ANSWERS, now=now)
    letters.write(kind, [volunteer.user], volunteer, now, path="/my/guardian/", about=f"{now:%Y%m%d%H%M%S}")


def _is_open(notification: Notification, _now: dt.datetime) -> bool:
    waiting = GuardianRequest.objects.filter(pk=notification.about["guardianrequest"], answered_at=None)
    return waiting.exists()


STILL_RIGHT = {
    ASKED: _is_open,
    CANNOT_AGREE: _is_open,
    **letters.still_right(GIVEN, REFUSED),
}
