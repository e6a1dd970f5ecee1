"""「力になれます」: somebody would help with a need that is no role yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def alive(self) -> PledgeQuerySet:
        return self.filter(withdrawn_at=None)


class Pledge(models.Model):
    """Read by the coordinators of the need's desk; the public learns a number, 0 or at least 5."""

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", models.CASCADE, related_name="pledges", verbose_name=_("参加者")
    )
    need = models.ForeignKey("organisations.Need", models.CASCADE, related_name="pledges", verbose_name=_("地域ニーズ"))
    words = models.CharField(_("ひとこと"), max_length=300, blank=True)
    pledged_at = models.DateTimeField(_("手をあげた日時"))
    withdrawn_at = models.DateTimeField(_("とりやめた日時"), null=True, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("力になれます")
        verbose_name_plural = _("力になれます")
        ordering = ["pledged_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "need"], condition=Q(withdrawn_at=None), name="pledge_once_per_need"
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} → {self.need}"
