"""Somebody would like to start something: 「立ち上げたい」. A coordinator answers by a date and walks along."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models.support_desk import DeskMembership


class Step(models.TextChoices):
    """What there is to think of before a group begins."""

    WHO = "who", _("いっしょにはじめる人")
    FOR_WHOM = "for_whom", _("だれのための活動か")
    PLACE = "place", _("場所")
    TIME = "time", _("曜日と時間")
    MONEY = "money", _("お金のこと(会費・助成)")
    INSURANCE = "insurance", _("保険")
    NAME = "name", _("名前と連絡先")
    FIRST_DAY = "first_day", _("はじめの一回")


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def open(self) -> InitiativeQuerySet:
        return self.filter(closed_at=None)

    def in_area_of(self, user: User) -> InitiativeQuerySet:
        return self.filter(town__in=DeskMembership.objects.towns_of(user))


class Initiative(models.Model):
    user = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="initiatives", verbose_name=_("立ち上げたい人")
    )
    town = models.ForeignKey("organisations.Town", models.PROTECT, related_name="initiatives", verbose_name=_("町"))
    title = models.CharField(_("どんな活動か"), max_length=80)
    idea = models.TextField(_("思っていること"), max_length=2000, blank=True)
    activities = models.ManyToManyField(
        "organisations.Activity", blank=True, related_name="initiatives", verbose_name=_("活動分野")
    )
    done_steps = ArrayField(
        models.CharField(max_length=9, choices=Step), verbose_name=_("考えたこと"), default=list, blank=True
    )
    created_at = models.DateTimeField(_("受け付けた日時"))
    answer_by = models.DateTimeField(_("連絡の期限"))
    answered_at = models.DateTimeField(_("連絡した日時"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("連絡した人")
    )
    reminded_at = models.DateTimeField(_("催促した日時"), null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(_("まとめ役に伝えた日時"), null=True, blank=True, editable=False)
    organisation = models.OneToOneField(
        "organisations.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiative",
        verbose_name=_("できた団体"),
    )
    closed_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("立ち上げの相談")
        verbose_name_plural = _("立ち上げの相談")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="initiative_says_what"),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(closed_at__isnull=False), name="initiative_ends_with_its_group"
            ),
        ]

    def __str__(self) -> str:
        return self.title
