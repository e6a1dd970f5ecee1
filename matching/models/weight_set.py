"""How much each signal counts, as learnt from answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WeightSet(models.Model):
    """Weights of the signals, as learnt from answers. Kept for good; where none is in use, the engine's table is."""

    values = models.JSONField(_("重み"), help_text="signal → weight")
    made_at = models.DateTimeField(_("作った日時"))
    made_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("作った人")
    )
    learnt_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("もとの重み")
    )
    answers = models.PositiveIntegerField(_("返事の数"))
    people = models.PositiveIntegerField(_("返事をした人数"))
    loss_before = models.FloatField(_("もとの外れ方"), help_text="log-loss per held-out answer, by the weights before")
    loss_after = models.FloatField(_("新しい外れ方"), help_text="log-loss per held-out answer, by weights like these")
    is_better = models.BooleanField(_("よくなった"), help_text="by more than two standard errors")
    is_active = models.BooleanField(_("使用中"), default=False)

    class Meta:
        verbose_name = _("点の重み")
        verbose_name_plural = _("点の重み")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="weight_set_one_in_use_at_most"
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(is_better=True), name="weight_set_in_use_is_better"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.made_at:%Y-%m-%d}"
