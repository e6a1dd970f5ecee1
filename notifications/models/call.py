"""What came of a telephone call."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    REACHED = "reached", _("話せました")
    NO_ANSWER = "no_answer", _("出られませんでした")
    AGAIN = "again", _("かけなおします")
    WRONG_NUMBER = "wrong_number", _("番号がちがいました")
    SETTLED = "settled", _("電話は、もういりません")


class Call(models.Model):
    """One try to reach the person of a line of the call list.

    A line is open while it has no call that reached them, found the number wrong or settled the matter.
    """

    notification = models.ForeignKey(
        "notifications.Notification", models.CASCADE, related_name="calls", verbose_name=_("お知らせ")
    )
    outcome = models.CharField(_("結果"), max_length=12, choices=Outcome)
    by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("電話した人")
    )
    at = models.DateTimeField(_("電話した日時"))
    again_at = models.DateTimeField(_("かけなおす日時"), null=True, blank=True)
    note = models.CharField(_("ひとこと"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("電話の記録")
        verbose_name_plural = _("電話の記録")
        indexes = [models.Index(fields=["notification", "-at"], name="call_of_notification")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_outcome_display()}"
