"""What a public role says otherwise than when a coordinator found it good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RewordingQuerySet(models.QuerySet["Rewording"]):
    def unread(self) -> RewordingQuerySet:
        """Those that wait for a coordinator."""
        return self.filter(read_at=None, sent_back_at=None)

    def sent_back(self) -> RewordingQuerySet:
        """Those that wait for their organisation: a coordinator asked for other words."""
        return self.filter(sent_back_at__isnull=False)


class Rewording(models.Model):
    """The words before and after, field by field, as the role keeps them.

    A role has at most one that nobody has read yet, and one that was sent back. Of what is with children the words
    after are not public before two people have read them; of what was sent back they are not public any more.
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
    sent_back_at = models.DateTimeField(_("書き直しをお願いした日時"), null=True, blank=True)

    objects = RewordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ことばの変更")
        verbose_name_plural = _("ことばの変更")
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=Q(read_at=None, sent_back_at=None), name="rewording_one_unread_per_role"
            ),
            models.UniqueConstraint(
                fields=["role"], condition=Q(sent_back_at__isnull=False), name="rewording_one_sent_back_per_role"
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(sent_back_at=None), name="rewording_read_or_sent_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.at:%Y-%m-%d}"
