"""Somebody asked to take part, and waits for an answer."""

from __future__ import annotations

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApplicationStatus(models.TextChoices):
    ASKED = "asked", _("返事を待っています")
    ACCEPTED = "accepted", _("参加が決まりました")
    DECLINED = "declined", _("今回は参加できません")
    WITHDRAWN = "withdrawn", _("取り下げました")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def asked(self) -> ApplicationQuerySet:
        """Those that wait for an answer."""
        return self.filter(status=ApplicationStatus.ASKED)

    def known_to_hosts(self) -> ApplicationQuerySet:
        """Those an organisation may hear of: somebody under 16 only after a coordinator has looked."""
        return self.filter(released_at__isnull=False)


class Application(models.Model):
    public_id = models.UUIDField(
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text="in addresses: gaps between numbers would tell of applications that are not released yet",
    )
    volunteer = models.ForeignKey("volunteers.Volunteer", models.CASCADE, related_name="applications")
    slot = models.ForeignKey("organisations.Slot", models.CASCADE, related_name="applications")
    status = models.CharField(_("状態"), max_length=10, choices=ApplicationStatus, default=ApplicationStatus.ASKED)
    note = models.CharField(_("ひとこと"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("申し込んだ日時"))
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    released_at = models.DateTimeField(
        _("団体に伝えた日時"),
        null=True,
        blank=True,
        help_text=_("16歳未満の方の申し込みは、コーディネーターが確かめてから伝えます"),
    )
    guardian_agreed_at = models.DateTimeField(
        _("保護者がこの活動に同意した日時"),
        null=True,
        blank=True,
        help_text=_("活動のたびにたずねるお約束のときだけ"),
    )
    reminded_at = models.DateTimeField(_("団体に思い出してもらった日時"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("コーディネーターに知らせた日時"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("申し込み")
        verbose_name_plural = _("申し込み")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "slot"],
                condition=Q(status__in=["asked", "accepted"]),
                name="application_one_alive_per_slot",
            )
        ]
        # What is new is asked for every few seconds.
        indexes = [
            models.Index(fields=["asked_at"], name="application_asked"),
            models.Index(fields=["answered_at"], condition=Q(answered_at__isnull=False), name="application_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} → {self.slot_id}"
