"""Where anyone can ask, and who coordinates there."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SupportDesk(models.Model):
    """A desk for consultation, usually a community care plaza, with the towns it looks after."""

    organisation = models.OneToOneField(
        "organisations.Organisation", models.CASCADE, related_name="support_desk", verbose_name=_("機関")
    )
    towns = models.ManyToManyField("organisations.Town", related_name="support_desks", verbose_name=_("担当の町"))
    hours = models.CharField(_("開いている時間"), max_length=120, blank=True)
    source = models.CharField(_("出典"), max_length=200, help_text=_("担当の町を何から写したか"))
    as_of = models.DateField(_("いつの情報か"))

    class Meta:
        verbose_name = _("相談窓口")
        verbose_name_plural = _("相談窓口")

    def __str__(self) -> str:
        return self.organisation.name


class DeskMembershipQuerySet(models.QuerySet["DeskMembership"]):
    def towns_of(self, user: User) -> models.QuerySet[Any, Any]:
        """Ids of the towns that *user* coordinates, to look in by ``town__in``."""
        return self.filter(user_id=user.pk).values("desk__towns")


class DeskMembership(models.Model):
    """A coordinator, and the desk whose towns are their area."""

    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="desk_memberships", verbose_name=_("コーディネーター")
    )
    desk = models.ForeignKey(
        "organisations.SupportDesk", models.CASCADE, related_name="memberships", verbose_name=_("相談窓口")
    )
    is_lead = models.BooleanField(_("まとめ役"), default=False)

    objects = DeskMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("コーディネーター")
        verbose_name_plural = _("コーディネーター")
        constraints = [models.UniqueConstraint(fields=["user", "desk"], name="desk_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} / {self.desk}"
