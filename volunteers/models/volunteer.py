"""A person who would like to help: what interests them, what they can do, how far they go."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import DeskMembership

ADULT_AGE = 18
LONGEST_TRAVEL_KM = 50


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    def active(self, on: dt.date) -> VolunteerQuerySet:
        """Not taking a break on *on*, and still with an account."""
        return self.filter(Q(paused_until=None) | Q(paused_until__lt=on), user__is_active=True)

    def in_area_of(self, user: User) -> VolunteerQuerySet:
        """People who live in the towns that *user* coordinates."""
        return self.filter(town__in=DeskMembership.objects.towns_of(user))


class Volunteer(models.Model):
    """Names a town, never a home."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="volunteer", verbose_name=_("利用者"))
    born_on = models.DateField(_("生年月日"))
    town = models.ForeignKey("organisations.Town", models.PROTECT, related_name="volunteers", verbose_name=_("町"))
    travel_limit_km = models.FloatField(_("行ける距離(km)"), default=2.0)
    wish = models.TextField(_("やりたいこと"), max_length=1000, blank=True)
    interests = models.ManyToManyField(
        "organisations.Activity", blank=True, related_name="interested", verbose_name=_("興味のある活動")
    )
    avoids = models.ManyToManyField(
        "organisations.Activity", blank=True, related_name="avoided_by", verbose_name=_("おすすめしてほしくない活動")
    )
    skills = models.ManyToManyField(
        "organisations.Skill", blank=True, related_name="volunteers", verbose_name=_("得意なこと")
    )
    qualifications = models.ManyToManyField(
        "organisations.Qualification",
        through="volunteers.HeldQualification",
        related_name="volunteers",
        verbose_name=_("資格"),
    )
    access_needs = models.ManyToManyField(
        "organisations.AccessFeature", blank=True, related_name="needed_by", verbose_name=_("参加に必要なこと")
    )
    takes_online = models.BooleanField(_("家からの活動もしたい"), default=True)
    is_home_only = models.BooleanField(_("家からの活動だけ"), default=False)
    party_size = models.PositiveSmallIntegerField(_("いっしょに参加する人数"), default=1)
    minutes_at_most = models.PositiveSmallIntegerField(_("1回の長さのめやす(分)"), null=True, blank=True)
    paused_until = models.DateField(_("この日までお休み"), null=True, blank=True)
    registered_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("登録した人")
    )
    greeted_at = models.DateTimeField(_("はじめのあいさつをした日時"), null=True, blank=True)
    greeted_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("あいさつした人")
    )
    created_at = models.DateTimeField(_("登録した日時"))
    changed_at = models.DateTimeField(_("変えた日時"))

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = _("参加者")
        verbose_name_plural = _("参加者")
        constraints = [
            models.CheckConstraint(
                condition=Q(travel_limit_km__gt=0, travel_limit_km__lte=LONGEST_TRAVEL_KM),
                name="volunteer_travel_limit_is_a_distance",
            ),
            models.CheckConstraint(
                condition=Q(party_size__gte=1, party_size__lte=100), name="volunteer_party_1_to_100"
            ),
            models.CheckConstraint(
                condition=Q(is_home_only=False) | Q(takes_online=True), name="volunteer_home_only_takes_online"
            ),
        ]
        # What is new is asked for every few seconds.
        indexes = [models.Index(fields=["changed_at"], name="volunteer_changed")]

    def __str__(self) -> str:
        return str(self.user)

    def age(self, on: dt.date) -> int:
        """Whole years on the date *on*."""
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (not had_birthday)

    def is_paused(self, on: dt.date) -> bool:
        return self.paused_until is not None and self.paused_until >= on


class HeldQualification(models.Model):
    """A qualification that somebody says they hold; it counts once confirmed where proof is asked for."""

    volunteer = models.ForeignKey("volunteers.Volunteer", models.CASCADE, related_name="held_qualifications")
    qualification = models.ForeignKey("organisations.Qualification", models.PROTECT, related_name="held")
    confirmed_at = models.DateTimeField(_("確かめた日時"), null=True, blank=True)
    confirmed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("持っている資格")
        verbose_name_plural = _("持っている資格")
        constraints = [models.UniqueConstraint(fields=["volunteer", "qualification"], name="held_qualification_once")]
        # What is new is asked for every few seconds.
        indexes = [
            models.Index(
                fields=["confirmed_at"], condition=Q(confirmed_at__isnull=False), name="held_qualification_confirmed"
            )
        ]

    def __str__(self) -> str:
        return str(self.qualification)
