"""Why somebody cannot join: each reason by its name."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import Qualification, Slot
from organisations.services import saying
from organisations.services.times import wording


class SlotOver(DomainError):
    code = "slot_over"
    message = _("この日時はもう終わったか、中止になりました。ほかの日時をおえらびください。")


class SlotMoved(DomainError):
    code = "slot_moved"
    message = _("たったいま、日時が変わりました。新しい日時を確かめて、もう一度お申し込みください。")


class RoleNotOpen(DomainError):
    code = "role_not_open"
    message = _("この募集はいま参加を受け付けていません。ほかの募集をご覧ください。")


class AlreadyJoined(DomainError):
    code = "already_joined"
    message = _("この日時には、もう申し込んでいます。「予定」の画面で確かめられます。")


class Clash(DomainError):
    """The person is somewhere else at that time; ``slot`` is where."""

    code = "clash"

    def __init__(self, slot: Slot) -> None:
        super().__init__(slot)
        self.slot = slot
        self.message = _("同じ時間に「%(role)s」(%(when)s)の参加が決まっています。ほかの日時をおえらびください。") % {
            "role": slot.role.label,
            "when": wording.when(slot),
        }


class NotFull(DomainError):
    code = "not_full"
    message = _("この日時には、いま空きがあります。待たずに参加できます。")


class AlreadyWaiting(DomainError):
    code = "already_waiting"
    message = _("この日時の空きは、もうお待ちいただいています。「予定」の画面で確かめられます。")


class NoTimeToWait(DomainError):
    code = "no_time_to_wait"
    message = _("はじまりが近いので、空きを待つことはできません。ほかの日時をおえらびください。")


class NotOffered(DomainError):
    code = "not_offered"
    message = _("いまは、あなたのためにとってある空きがありません。空きが出たら、お知らせします。")


class NothingToUndo(DomainError):
    code = "nothing_to_undo"
    message = _("取り消すことがありません。「予定」の画面で、いまのようすを確かめてください。")


class NotAllowed(DomainError):
    """The role's conditions shut this person out; each subclass names the condition."""

    code = "not_allowed"


class TooYoung(NotAllowed):
    code = "too_young"

    def __init__(self, age: int) -> None:
        super().__init__(age)
        self.message = _("この募集は%(age)s歳からです。年齢に合うほかの募集をご覧ください。") % {"age": age}


class TooOld(NotAllowed):
    code = "too_old"

    def __init__(self, age: int) -> None:
        super().__init__(age)
        self.message = _("この募集は%(age)s歳までです。年齢に合うほかの募集をご覧ください。") % {"age": age}


class NeedsGuardian(NotAllowed):
    code = "needs_guardian"
    message = _("参加には保護者の方の同意がいります。「保護者の方へ」の画面から、お願いできます。")


class GuardianNotAsked(DomainError):
    code = "guardian_not_asked_yet"
    message = _(
        "この方は、活動のたびに保護者の方にたずねるお約束です。保護者の方のお返事のあとで、団体に伝えられます。"
    )


class NeedsQualification(NotAllowed):
    code = "needs_qualification"

    def __init__(self, missing: Iterable[Qualification]) -> None:
        names = saying.listed(one.label for one in missing)
        super().__init__(names)
        self.message = _(
            "参加には「%(names)s」の資格と、その確認がいります。お持ちの方は相談窓口へお知らせください。"
        ) % {"names": names}


class NoGroups(NotAllowed):
    code = "no_groups"
    message = _("この募集は、お一人での参加をお願いしています。グループで参加できる募集をご覧ください。")


class AlreadyAnswered(DomainError):
    code = "already_answered"
    message = _("この申し込みには、もう返事がされています。画面を開きなおして確かめてください。")


class NotReleased(DomainError):
    code = "not_released"
    message = _("この申し込みは、まだコーディネーターが確かめています。もう少しお待ちください。")


class CannotComeNow(DomainError):
    """Said to an organisation: why is the person's own business, and may be that they are young."""

    code = "cannot_come_now"
    message = _("いまは、この方の参加を決めることができません。相談窓口にお問い合わせください。")


class AlreadyCancelled(DomainError):
    code = "already_cancelled"
    message = _("この参加は、もうとりやめになっています。")
