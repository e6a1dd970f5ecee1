"""How a run shares people out among the roles, so that no need is left behind."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

HIGHEST_PRICE = 0.1


class RolePrice(models.Model):
    """The need price of a role in a run: taken off its score while too many come, put on it while too few do."""

    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="role_prices")
    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="prices")
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


class Reserve(models.Model):
    """Somebody who could come to a role that hardly any list holds; ``parts`` as in a shortlist."""

    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="reserves")
    shard = models.PositiveIntegerField()
    volunteer = models.ForeignKey("volunteers.Volunteer", models.CASCADE, related_name="+")
    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="+")
    slot = models.ForeignKey("organisations.Slot", models.CASCADE, related_name="+")
    score = models.FloatField()
    km = models.FloatField(help_text="NaN where there is no way to go")
    parts = ArrayField(models.FloatField(), default=list)

    class Meta:
        verbose_name = _("控えの候補")
        verbose_name_plural = _("控えの候補")
        constraints = [
            models.UniqueConstraint(fields=["run", "volunteer", "role"], name="reserve_once_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} ← {self.role_id}"


class Allotment(models.Model):
    """What a run would put before one person, the first first; all arrays have the same length.

    ``parts`` holds the weighted scores of the signals, one item after the other, as a shortlist does.
    """

    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="allotments")
    volunteer = models.ForeignKey("volunteers.Volunteer", models.CASCADE, related_name="+")
    roles = ArrayField(models.BigIntegerField(), default=list)
    slots = ArrayField(models.BigIntegerField(), default=list)
    scores = ArrayField(models.FloatField(), default=list)
    km = ArrayField(models.FloatField(), default=list, help_text="NaN where there is no way to go")
    parts = ArrayField(models.FloatField(), default=list)

    class Meta:
        verbose_name = _("割りふり")
        verbose_name_plural = _("割りふり")
        constraints = [
            models.UniqueConstraint(fields=["run", "volunteer"], name="allotment_once_per_run"),
            models.CheckConstraint(
                condition=Q(slots__len=F("roles__len"), scores__len=F("roles__len"), km__len=F("roles__len")),
                name="allotment_arrays_are_as_long",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {len(self.roles)}"
