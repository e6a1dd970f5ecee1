"""Somebody takes part: agreed, and a place of the slot is theirs."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PlacementQuerySet(models.QuerySet["Placement"]):
    def active(self) -> PlacementQuerySet:
        return self.filter(cancelled_at=None)


class Placement(models.Model):
    volunteer = models.ForeignKey("volunteers.Volunteer", models.CASCADE, related_name="placements")
    slot = models.ForeignKey("organisations.Slot", models.PROTECT, related_name="placements")
    places = models.PositiveSmallIntegerField(_("人数"), default=1)
    # Null for a slot with "any N minutes": its hour is agreed by word, and may lie beside another place.
    busy = DateTimeRangeField(_("ふさがる時間"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("決まった日時"))
    cancelled_at = models.DateTimeField(_("とりやめた日時"), null=True, blank=True)
    hold = models.ForeignKey(
        "organisations.Hold",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("チームの場所"),
    )
    is_named = models.BooleanField(_("チームの会社に名前を伝えてよい"), default=False)
    stand_in_sought_at = models.DateTimeField(_("代わりの人をさがした日時"), null=True, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("参加決定")
        verbose_name_plural = _("参加決定")
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "volunteer"], condition=Q(cancelled_at=None), name="placement_once_per_slot"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="placement_takes_a_place"),
            ExclusionConstraint(
                name="placement_not_in_two_places_at_once",
                expressions=[(F("volunteer"), RangeOperators.EQUAL), (F("busy"), RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at=None),
            ),
        ]
        # What is new is asked for every few seconds.
        indexes = [
            models.Index(fields=["agreed_at"], name="placement_agreed"),
            models.Index(fields=["cancelled_at"], condition=Q(cancelled_at__isnull=False), name="placement_cancelled"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} @ {self.slot_id}"
