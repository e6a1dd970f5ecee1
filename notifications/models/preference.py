"""What a person wants to hear, how, and how often."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.models.contact_point import Channel


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("週に1回まで")
    MONTHLY = "monthly", _("月に1回まで")
    NEVER = "never", _("受け取らない")


class Preference(models.Model):
    """Without a row the defaults of this class hold."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="preference", verbose_name=_("利用者"))
    channel = models.CharField(_("受け取り方"), max_length=12, choices=Channel, default=Channel.EMAIL)
    digest = models.CharField(_("おすすめの回数"), max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    asks_per_month = models.PositiveSmallIntegerField(_("ひと月に受け取るおすすめの数"), default=12)

    class Meta:
        verbose_name = _("受け取り方")
        verbose_name_plural = _("受け取り方")
        constraints = [
            models.CheckConstraint(condition=Q(asks_per_month__lte=60), name="preference_asks_per_month_at_most_60")
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_digest_display()}"
