"""Notices of subsidies and other support, as coordinators found them. Nothing is promised, nothing handed in here."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SupportNoticeQuerySet(models.QuerySet["SupportNotice"]):
    def current(self, on: dt.date) -> SupportNoticeQuerySet:
        """Those whose deadline has not passed on that date."""
        return self.filter(Q(deadline=None) | Q(deadline__gte=on))


class SupportNotice(models.Model):
    desk = models.ForeignKey(
        "organisations.SupportDesk", models.CASCADE, related_name="support_notices", verbose_name=_("相談窓口")
    )
    title = models.CharField(_("名前"), max_length=120)
    who = models.CharField(_("だれが使えるか"), max_length=300)
    what = models.CharField(_("どんな支援か"), max_length=500)
    deadline = models.DateField(_("しめきり"), null=True, blank=True)
    link = models.URLField(_("くわしいページ"), blank=True)
    source = models.CharField(_("出典"), max_length=200)
    entered_on = models.DateField(_("書いた日"))
    written_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("書いた人")
    )

    objects = SupportNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("助成・支援のお知らせ")
        verbose_name_plural = _("助成・支援のお知らせ")
        ordering = [models.F("deadline").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return self.title


class NoticeFollow(models.Model):
    """An organisation wants to be reminded before the deadline."""

    notice = models.ForeignKey(
        "organisations.SupportNotice", models.CASCADE, related_name="follows", verbose_name=_("お知らせ")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="notice_follows", verbose_name=_("団体")
    )
    since = models.DateTimeField(_("いつから"))
    reminded_at = models.DateTimeField(_("知らせた日時"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("しめきりの知らせ")
        verbose_name_plural = _("しめきりの知らせ")
        constraints = [models.UniqueConstraint(fields=["notice", "organisation"], name="notice_follow_once")]

    def __str__(self) -> str:
        return f"{self.organisation} ← {self.notice}"
