"""What a public role says otherwise than when a coordinator found it good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Rewording(models.Model):
    """The words before and after, field by field, as the role keeps them; one that nobody has read yet for a role.

    Of what is with children the words after are not public before two people have read them.
    """

    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="rewordings", verbose_name=_("募集"))
    before = models.JSONField(_("前のことば"))
    after = models.JSONField(_("新しいことば"))
    at = models.DateTimeField(_("変えた日時"))
    by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("変えた人")
    )
    first_read_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("はじめに確かめた人")
    )
    read_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("確かめた人")
    )
    read_at = models.DateTimeField(_("確かめた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("ことばの変更")
        verbose_name_plural = _("ことばの変更")
        constraints = [
            models.UniqueConstraint(fields=["role"], condition=Q(read_at=None), name="rewording_one_unread_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.at:%Y-%m-%d}"
