"""Who did what, to what, when. Rows are added and never changed: a trigger refuses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    # No constraint in the database: the entry outlives the person it names.
    actor = models.ForeignKey(
        "accounts.User", models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=_("した人")
    )
    action = models.CharField(_("したこと"), max_length=60)
    target = models.CharField(_("対象"), max_length=60)
    target_id = models.CharField(_("対象の番号"), max_length=40)
    at = models.DateTimeField(_("日時"))
    detail = models.JSONField(_("くわしく"), default=dict)

    class Meta:
        verbose_name = _("記録")
        verbose_name_plural = _("記録")
        indexes = [models.Index(fields=["target", "target_id", "at"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.target} {self.target_id}"
