"""A guardian is asked whether a young person may take part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class GuardianRequest(models.Model):
    """The guardian is a user, who can be written to and need never sign in; what they answer is a ``Consent``."""

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", models.CASCADE, related_name="guardian_requests", verbose_name=_("参加者")
    )
    guardian = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="guardian_requests", verbose_name=_("保護者")
    )
    relation = models.CharField(_("つづきがら"), max_length=20)
    asked_at = models.DateTimeField(_("お願いした日時"))
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    is_given = models.BooleanField(_("同意した"), null=True, blank=True)
    consent = models.ForeignKey(
        "accounts.Consent", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("同意")
    )

    class Meta:
        verbose_name = _("保護者へのお願い")
        verbose_name_plural = _("保護者へのお願い")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(answered_at=None), name="guardian_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_given=None) | Q(answered_at__isnull=False, is_given__isnull=False),
                name="guardian_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} → {self.volunteer}"
