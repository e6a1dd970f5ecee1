"""Who came, and for how long: what hours and certificates are counted from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Attendance(models.Model):
    """No row means that nobody has written it down yet, not that they stayed away."""

    placement = models.OneToOneField(
        "volunteers.Placement", models.CASCADE, related_name="attendance", verbose_name=_("参加決定")
    )
    came = models.BooleanField(_("来ました"))
    minutes = models.PositiveSmallIntegerField(_("何分"))
    people = models.PositiveSmallIntegerField(_("人数"), default=1)
    recorded_at = models.DateTimeField(_("記録した日時"))
    recorded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("記録した人")
    )
    by_code = models.BooleanField(_("会場のコードから"), default=False)

    class Meta:
        verbose_name = _("参加記録")
        verbose_name_plural = _("参加記録")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=0, minutes__lte=1440), name="attendance_at_most_a_day"),
            models.CheckConstraint(condition=Q(came=True) | Q(minutes=0), name="attendance_minutes_of_who_came"),
        ]
        # What is new is asked for every few seconds.
        indexes = [models.Index(fields=["recorded_at"], name="attendance_recorded")]

    def __str__(self) -> str:
        return f"{self.placement} {self.minutes}"
