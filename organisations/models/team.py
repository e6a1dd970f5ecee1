"""A company's people who come together: places are held for them for a while."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.models.pattern import when_field


class Team(models.Model):
    """Staff join by ``code``, which their company hands out."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="teams", verbose_name=_("企業・施設")
    )
    name = models.CharField(_("チームの名前"), max_length=60)
    size = models.PositiveSmallIntegerField(_("人数"))
    when = when_field()
    minutes = models.PositiveSmallIntegerField(_("何分くらい"), null=True, blank=True)
    code = models.CharField(_("参加のことば"), max_length=12, unique=True)
    created_at = models.DateTimeField(_("作った日時"))
    closed_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("チーム")
        verbose_name_plural = _("チーム")
        ordering = ["-created_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1, size__lte=1000), name="team_size_1_to_1000")]

    def __str__(self) -> str:
        return self.name


class HoldQuerySet(models.QuerySet["Hold"]):
    def alive(self) -> HoldQuerySet:
        return self.filter(released_at=None)


class Hold(models.Model):
    """Places of a slot kept for a team. ``places`` are those still kept: somebody who joins takes one out of them."""

    team = models.ForeignKey("organisations.Team", models.CASCADE, related_name="holds", verbose_name=_("チーム"))
    slot = models.ForeignKey("organisations.Slot", models.CASCADE, related_name="holds", verbose_name=_("枠"))
    asked = models.PositiveSmallIntegerField(_("はじめにとった人数"))
    places = models.PositiveSmallIntegerField(_("まだとってある人数"))
    held_at = models.DateTimeField(_("とった日時"))
    held_until = models.DateTimeField(_("いつまで"))
    released_at = models.DateTimeField(_("返した日時"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("とってある場所")
        verbose_name_plural = _("とってある場所")
        ordering = ["held_until", "id"]
        indexes = [models.Index(fields=["held_until"], condition=Q(released_at=None), name="hold_due")]
        constraints = [
            models.UniqueConstraint(fields=["team", "slot"], condition=Q(released_at=None), name="hold_once_per_slot"),
            models.CheckConstraint(condition=Q(places__lte=F("asked")), name="hold_keeps_no_more_than_asked"),
            models.CheckConstraint(condition=Q(released_at=None) | Q(places=0), name="hold_released_keeps_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.team} @ {self.slot_id}"
