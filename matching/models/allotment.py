"""How a run shares people out among the roles, so that no need is left behind."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.models.reals import RealsField
from matching.models.shortlist import are_as_long

HIGHEST_PRICE = 0.1


class RolePrice(models.Model):
    """The need price of a role in a run: taken off its score while too many come, put on it while too few do."""

    # Held by whoever writes, as for an `Allotment`.
    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="role_prices", db_constraint=False)
    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="prices", db_constraint=False)
    price = models.FloatField(_("必要の値"))
    need = models.PositiveIntegerField(_("空いている人数"))
    expected = models.FloatField(_("来そうな人数"))
    shown = models.PositiveIntegerField(_("とどける人数"))
    given = models.PositiveIntegerField(_("下限のために入れ替えた人数"), default=0)

    class Meta:
        verbose_name = _("募集の必要の値")
        verbose_name_plural = _("募集の必要の値")
        constraints = [
            models.UniqueConstraint(fields=["run", "role"], name="role_price_once_per_run"),
            models.CheckConstraint(
                condition=Q(price__gte=-HIGHEST_PRICE - 1e-6, price__lte=HIGHEST_PRICE + 1e-6),
                name="role_price_is_small",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.price:+.3f}"


class Allotment(models.Model):
    """What a run would put before one person, the first first; all arrays have the same length.

    ``parts`` holds the weighted scores of the signals, one item after the other, as a shortlist does.
    """

    # Whoever writes these rows holds the run's row, and the people's, once for all: no row looks for them again.
    run = models.ForeignKey(
        "matching.Run", models.CASCADE, related_name="allotments", db_index=False, db_constraint=False
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    roles = ArrayField(models.BigIntegerField(), default=list)
    slots = ArrayField(models.BigIntegerField(), default=list)
    scores = RealsField(default=list)
    km = RealsField(default=list, help_text="NaN where there is no way to go")
    parts = RealsField(default=list)

    class Meta:
        verbose_name = _("割りふり")
        verbose_name_plural = _("割りふり")
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "run"], name="allotment_once_per_run"),
            models.CheckConstraint(condition=are_as_long(), name="allotment_arrays_are_as_long"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {len(self.roles)}"
