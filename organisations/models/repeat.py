"""A role that comes round: the rule by which its times are made."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Repeat(models.Model):
    """Times made by a recurrence rule (RFC 5545, RRULE) from the first one on, in local time.

    Each of them is a ``Slot`` of its own, which may be moved or called off alone.
    """

    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="repeats", verbose_name=_("募集"))
    rule = models.CharField(_("くり返し方"), max_length=200, help_text="RRULE: FREQ=WEEKLY;INTERVAL=2")
    first_starts_at = models.DateTimeField(_("最初のはじまり"))
    first_ends_at = models.DateTimeField(_("最初のおわり"))
    minutes = models.PositiveSmallIntegerField(_("このうち何分"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("人数"))
    skips_holidays = models.BooleanField(_("祝日は休む"), default=False)
    filled_until = models.DateField(_("この日まで枠を作りました"))
    ended_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("くり返し")
        verbose_name_plural = _("くり返し")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "rule", "first_starts_at"], condition=Q(ended_at=None), name="repeat_once_per_role"
            ),
            models.CheckConstraint(
                condition=Q(first_ends_at__gt=F("first_starts_at")), name="repeat_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=1000), name="repeat_capacity_1_to_1000"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=5, minutes__lte=1440), name="repeat_minutes_5_to_1440"
            ),
            models.CheckConstraint(condition=~Q(rule=""), name="repeat_has_a_rule"),
        ]

    def __str__(self) -> str:
        return self.rule
