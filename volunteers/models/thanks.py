"""A host says thank you to somebody who came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Thanks(models.Model):
    placement = models.OneToOneField(
        "volunteers.Placement", models.CASCADE, related_name="thanks", verbose_name=_("参加決定")
    )
    text = models.CharField(_("お礼のことば"), max_length=500)
    by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("書いた人")
    )
    at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("お礼")
        verbose_name_plural = _("お礼")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="thanks_says_something")]

    def __str__(self) -> str:
        return self.text
