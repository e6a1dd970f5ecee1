"""Somebody is asked to act for an organisation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """Bound to a person, who answers signed in; a forwarded letter invites nobody else."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="invitations", verbose_name=_("団体")
    )
    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="invitations", verbose_name=_("招待された人")
    )
    invited_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("招待した人")
    )
    created_at = models.DateTimeField(_("招待した日時"))
    expires_at = models.DateTimeField(_("期限"))
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    is_accepted = models.BooleanField(_("引き受けた"), null=True, blank=True)

    class Meta:
        verbose_name = _("招待")
        verbose_name_plural = _("招待")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(answered_at=None), name="invitation_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_accepted=None)
                | Q(answered_at__isnull=False, is_accepted__isnull=False),
                name="invitation_answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} / {self.organisation}"
