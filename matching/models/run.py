"""One round of suggestions for everybody, its parts, and what it found out about each role."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RunStatus(models.TextChoices):
    REQUESTED = "requested", _("待っています")
    RUNNING = "running", _("計算中")
    DONE = "done", _("終わりました")
    FAILED = "failed", _("うまくいきませんでした")


class Run(models.Model):
    """One round of suggestions for everybody. ``as_of`` is its only clock."""

    status = models.CharField(_("状態"), max_length=10, choices=RunStatus, default=RunStatus.REQUESTED)
    as_of = models.DateTimeField(_("いつの時点で"))
    requested_at = models.DateTimeField(_("頼まれた日時"))
    requested_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("頼んだ人")
    )
    started_at = models.DateTimeField(_("始めた日時"), null=True, blank=True)
    finished_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    digests_planned_at = models.DateTimeField(_("おすすめのメールを用意した日時"), null=True, blank=True)
    allocated_at = models.DateTimeField(_("分け合いを終えた日時"), null=True, blank=True)
    lease_until = models.DateTimeField(_("分け合いを計算中の期限"), null=True, blank=True)
    lease_token = models.UUIDField(_("分け合いを計算中の札"), null=True, blank=True)
    trace = models.JSONField(_("分け合いの記録"), default=dict, blank=True)
    reason = models.CharField(_("うまくいかなかった理由"), max_length=300, blank=True)
    weight_set = models.ForeignKey(
        "matching.WeightSet", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("点の重み")
    )

    class Meta:
        verbose_name = _("計算")
        verbose_name_plural = _("計算")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(F("status"), condition=Q(status="requested"), name="run_one_requested_at_a_time"),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.DONE) | Q(finished_at__isnull=False), name="run_done_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.as_of:%Y-%m-%d %H:%M} {self.get_status_display()}"


class Shard(models.Model):
    """A part of a run that one worker does alone: the volunteers of some neighbouring towns with first ≤ id ≤ last."""

    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="shards")
    number = models.PositiveIntegerField(_("番号"))
    towns = ArrayField(models.BigIntegerField(), default=list)
    first_volunteer = models.BigIntegerField()
    last_volunteer = models.BigIntegerField()
    lease_until = models.DateTimeField(_("計算中の期限"), null=True, blank=True)
    lease_token = models.UUIDField(_("計算中の札"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("試した回数"), default=0)
    done_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    volunteers = models.PositiveIntegerField(_("人数"), default=0)

    class Meta:
        verbose_name = _("計算の一部")
        verbose_name_plural = _("計算の一部")
        ordering = ["run", "number"]
        indexes = [models.Index(fields=["run", "number"], condition=Q(done_at=None), name="shard_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="shard_once"),
            models.CheckConstraint(condition=Q(first_volunteer__lte=F("last_volunteer")), name="shard_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class Finding(models.Model):
    """What a part found, as the bytes of arrays, until the last step of the run has read all of them.

    Of use to nobody else; see `matching.dataset.findings`.
    """

    shard = models.OneToOneField("matching.Shard", models.CASCADE, primary_key=True, related_name="+")
    reports = models.BinaryField()
    reserves = models.BinaryField()
    lists = models.BinaryField()
    details = models.BinaryField()

    class Meta:
        verbose_name = _("計算の一部でわかったこと")
        verbose_name_plural = _("計算の一部でわかったこと")

    def __str__(self) -> str:
        return str(self.shard_id)


class RoleReport(models.Model):
    """How many people a role could reach in a run, and which condition shuts out how many."""

    # Whoever writes these rows holds the run's row, and the roles', once for all: no row looks for them again.
    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="role_reports", db_constraint=False)
    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="reports", db_constraint=False)
    could_come = models.PositiveIntegerField()
    listed = models.PositiveIntegerField()
    shut_out = models.JSONField(default=dict, help_text="reason code → people whom this condition shuts out")
    shut_out_only_by = models.JSONField(default=dict, help_text="reason code → people whom only this one shuts out")

    class Meta:
        verbose_name = _("募集のとどき方")
        verbose_name_plural = _("募集のとどき方")
        constraints = [models.UniqueConstraint(fields=["run", "role"], name="role_report_once_per_run")]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.could_come}"
