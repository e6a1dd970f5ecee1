"""When a person is free: half hours of the week, and dates that differ.

A day is an integer of 48 bits; bit *i* stands for the half hour that begins *i* × 30 minutes after midnight,
local time. Monday is the first of the seven days.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

HALF_HOURS = 48
ALL_DAY = (1 << HALF_HOURS) - 1


def no_time() -> list[int]:
    return [0] * 7


def _each_day_has_48_half_hours() -> Q:
    return Q(**{f"weekly__{day}__range": (0, ALL_DAY) for day in range(7)})


class Availability(models.Model):
    volunteer = models.OneToOneField("volunteers.Volunteer", models.CASCADE, related_name="availability")
    weekly = ArrayField(models.BigIntegerField(), verbose_name=_("毎週の空いている時間"), default=no_time)

    class Meta:
        verbose_name = _("空いている時間")
        verbose_name_plural = _("空いている時間")
        constraints = [
            models.CheckConstraint(condition=Q(weekly__len=7), name="availability_has_seven_days"),
            models.CheckConstraint(condition=_each_day_has_48_half_hours(), name="availability_is_48_half_hours"),
        ]

    def __str__(self) -> str:
        return " ".join(f"{day:012x}" for day in self.weekly)


class AvailabilityException(models.Model):
    """On this date these half hours hold instead of the weekly ones; 0 means not free at all."""

    volunteer = models.ForeignKey("volunteers.Volunteer", models.CASCADE, related_name="availability_exceptions")
    on = models.DateField(_("日"))
    free = models.BigIntegerField(_("空いている時間"), default=0)

    class Meta:
        verbose_name = _("この日だけの予定")
        verbose_name_plural = _("この日だけの予定")
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "on"], name="availability_exception_once_per_day"),
            models.CheckConstraint(condition=Q(free__gte=0, free__lte=ALL_DAY), name="exception_is_48_half_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.free:012x}"
