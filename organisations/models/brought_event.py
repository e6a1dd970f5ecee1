"""An event of another calendar that became a draft here, so that bringing it in again changes only what changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BroughtEvent(models.Model):
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="brought_events", verbose_name=_("団体")
    )
    uid = models.CharField(_("もとの番号"), max_length=255)
    digest = models.CharField(_("中身のしるし"), max_length=64)
    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="brought_from", verbose_name=_("募集"))
    brought_at = models.DateTimeField(_("取り込んだ日時"))

    class Meta:
        verbose_name = _("取り込んだ催し")
        verbose_name_plural = _("取り込んだ催し")
        constraints = [models.UniqueConstraint(fields=["organisation", "uid"], name="brought_event_once")]

    def __str__(self) -> str:
        return self.uid
