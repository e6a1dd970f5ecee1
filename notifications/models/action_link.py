"""A link in a message that lets one person do one thing without signing in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

UNSUBSCRIBE = "unsubscribe"


class ActionLink(models.Model):
    """Not a sign-in: bound to a person, an action and an object. Only the hash of the link is kept."""

    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of 128 or more random bits")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name=_("利用者"))
    action = models.CharField(_("できること"), max_length=30)
    target_id = models.CharField(_("対象の番号"), max_length=40)
    created_at = models.DateTimeField(_("作った日時"))
    expires_at = models.DateTimeField(_("期限"), db_index=True)

    class Meta:
        verbose_name = _("返事のリンク")
        verbose_name_plural = _("返事のリンク")

    def __str__(self) -> str:
        return f"{self.action} {self.target_id}"
