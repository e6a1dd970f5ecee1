"""Where a person can be reached."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("メール")
    INBOX = "inbox", _("この画面のお知らせ")
    CALL_LIST = "call_list", _("電話(ケアプラザなどから)")


class ContactPoint(models.Model):
    """One address. A call list needs a phone number; the inbox needs none and has no row."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="contact_points", verbose_name=_("利用者"))
    channel = models.CharField(_("方法"), max_length=12, choices=Channel)
    address = models.CharField(_("あて先"), max_length=254)
    verified_at = models.DateTimeField(_("確認した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("連絡先")
        verbose_name_plural = _("連絡先")
        constraints = [
            models.UniqueConstraint(fields=["user", "channel", "address"], name="contact_point_once"),
            models.CheckConstraint(condition=~Q(address=""), name="contact_point_has_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.address}"
