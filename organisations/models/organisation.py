"""Who posts. Nothing of theirs is public before a coordinator approves."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models.support_desk import DeskMembership


class Kind(models.TextChoices):
    COMMUNITY = "community", _("地域の団体・グループ")
    COMPANY = "company", _("企業・お店")
    FACILITY = "facility", _("福祉施設")
    NPO = "npo", _("NPO法人など")
    SCHOOL = "school", _("学校")
    SUPPORT = "support", _("支援機関")


class Approval(models.TextChoices):
    WAITING = "waiting", _("確認を待っています")
    APPROVED = "approved", _("承認済み")
    SENT_BACK = "sent_back", _("書き直しをお願いしています")
    SUSPENDED = "suspended", _("止めています")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def approved(self) -> OrganisationQuerySet:
        return self.filter(approval=Approval.APPROVED)

    def of(self, user: User | AnonymousUser) -> OrganisationQuerySet:
        """The organisations that *user* acts for."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user_id=user.pk).values("organisation"))

    def in_area_of(self, user: User) -> OrganisationQuerySet:
        """The organisations in the towns that *user* coordinates."""
        return self.filter(town__in=DeskMembership.objects.towns_of(user))


class Organisation(models.Model):
    name = models.CharField(_("名前"), max_length=80, unique=True)
    kana = models.CharField(_("よみ"), max_length=120, blank=True)
    kind = models.CharField(_("種類"), max_length=10, choices=Kind)
    town = models.ForeignKey("organisations.Town", models.PROTECT, related_name="organisations", verbose_name=_("町"))
    about = models.TextField(_("どんな団体か"), max_length=2000, blank=True)
    phone = models.CharField(_("電話"), max_length=20, blank=True)
    email = models.EmailField(_("メール"), blank=True)
    website = models.URLField(_("ホームページ"), blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    approval = models.CharField(_("承認"), max_length=10, choices=Approval, default=Approval.WAITING)
    approved_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("承認した人")
    )
    approved_at = models.DateTimeField(_("承認した日時"), null=True, blank=True)
    created_at = models.DateTimeField(_("登録した日時"))

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("団体・企業・施設")
        verbose_name_plural = _("団体・企業・施設")
        ordering = ["kana", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(approval=Approval.APPROVED) | Q(approved_at__isnull=False),
                name="organisation_approved_when",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_approved(self) -> bool:
        return self.approval == Approval.APPROVED


class Membership(models.Model):
    """Who acts for an organisation."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="memberships", verbose_name=_("担当者"))
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="memberships", verbose_name=_("団体")
    )
    since = models.DateTimeField(_("担当になった日時"))

    class Meta:
        verbose_name = _("担当者")
        verbose_name_plural = _("担当者")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} / {self.organisation}"
