"""A coordinator looked at what was handed in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _


class ReviewOutcome(models.TextChoices):
    APPROVED = "approved", _("確かめました")
    SENT_BACK = "sent_back", _("書き直しをお願いしました")


class ReviewQuerySet(models.QuerySet["Review"]):
    def of_what_it_says_now(self) -> ReviewQuerySet:
        """Looks after which a role was found good, since it was handed in and since it was last changed."""
        since = Greatest(Coalesce("role__submitted_at", "role__created_at"), "role__changed_at")
        return self.filter(outcome=ReviewOutcome.APPROVED, at__gte=since)


class Review(models.Model):
    """One look of one coordinator at what was handed in. The public learns the desk, never the person."""

    role = models.ForeignKey(
        "organisations.Role", models.CASCADE, null=True, blank=True, related_name="reviews", verbose_name=_("募集")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("団体・企業・施設"),
    )
    offer = models.ForeignKey(
        "organisations.Offer", models.CASCADE, null=True, blank=True, related_name="reviews", verbose_name=_("提供")
    )
    by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("確かめた人")
    )
    desk = models.ForeignKey(
        "organisations.SupportDesk",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("相談窓口"),
    )
    outcome = models.CharField(_("結果"), max_length=10, choices=ReviewOutcome)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    at = models.DateTimeField(_("確かめた日時"))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("確認")
        verbose_name_plural = _("確認")
        indexes = [models.Index(fields=["role", "-at"], name="review_of_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__isnull=False, organisation=None, offer=None)
                | Q(role=None, organisation__isnull=False, offer=None)
                | Q(role=None, organisation=None, offer__isnull=False),
                name="review_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d}"
