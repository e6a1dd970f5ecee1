"""What was computed, what was put before whom, and what they answered."""

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


class WeightSet(models.Model):
    """Weights of the signals, as learnt from answers. Kept for good; where none is in use, the engine's table is."""

    values = models.JSONField(_("重み"), help_text="signal → weight")
    made_at = models.DateTimeField(_("作った日時"))
    made_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("作った人")
    )
    learnt_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("もとの重み")
    )
    answers = models.PositiveIntegerField(_("返事の数"))
    people = models.PositiveIntegerField(_("返事をした人数"))
    loss_before = models.FloatField(_("もとの外れ方"), help_text="log-loss per held-out answer, by the weights before")
    loss_after = models.FloatField(_("新しい外れ方"), help_text="log-loss per held-out answer, by weights like these")
    is_better = models.BooleanField(_("よくなった"), help_text="by more than two standard errors")
    is_active = models.BooleanField(_("使用中"), default=False)

    class Meta:
        verbose_name = _("点の重み")
        verbose_name_plural = _("点の重み")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="weight_set_one_in_use_at_most"
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(is_better=True), name="weight_set_in_use_is_better"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.made_at:%Y-%m-%d}"


class Shard(models.Model):
    """A part of a run that one worker does alone: the volunteers with first ≤ id ≤ last."""

    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="shards")
    number = models.PositiveIntegerField(_("番号"))
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


class RoleReport(models.Model):
    """How many people a role could reach in a run, and which condition shuts out how many."""

    run = models.ForeignKey("matching.Run", models.CASCADE, related_name="role_reports")
    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="reports")
    shard = models.PositiveIntegerField()
    could_come = models.PositiveIntegerField()
    listed = models.PositiveIntegerField()
    shut_out = models.JSONField(default=dict, help_text="reason code → people whom this condition shuts out")
    shut_out_only_by = models.JSONField(default=dict, help_text="reason code → people whom only this one shuts out")

    class Meta:
        verbose_name = _("募集のとどき方")
        verbose_name_plural = _("募集のとどき方")
        constraints = [models.UniqueConstraint(fields=["run", "role", "shard"], name="role_report_once_per_shard")]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.could_come}"


class Shortlist(models.Model):
    """The best roles for one volunteer, best first; all arrays have the same length.

    ``parts`` holds the weighted scores of the signals, one after the other, in the order of ``signals``; ``weights``
    what each signal was weighted with.
    """

    volunteer = models.OneToOneField("volunteers.Volunteer", models.CASCADE, primary_key=True, related_name="shortlist")
    run = models.ForeignKey("matching.Run", models.SET_NULL, null=True, related_name="+")
    roles = ArrayField(models.BigIntegerField(), default=list)
    slots = ArrayField(models.BigIntegerField(), default=list)
    scores = ArrayField(models.FloatField(), default=list)
    km = ArrayField(models.FloatField(), default=list, help_text="NaN where there is no way to go")
    signals = ArrayField(models.CharField(max_length=20), default=list)
    weights = ArrayField(models.FloatField(), default=list)
    parts = ArrayField(models.FloatField(), default=list)
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("候補の一覧")
        verbose_name_plural = _("候補の一覧")
        constraints = [
            models.CheckConstraint(
                condition=Q(slots__len=F("roles__len"), scores__len=F("roles__len"), km__len=F("roles__len")),
                name="shortlist_arrays_are_as_long",
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {len(self.roles)}"


class SuggestionStatus(models.TextChoices):
    PLANNED = "planned", _("これからとどけます")
    SENT = "sent", _("とどけました")
    SEEN = "seen", _("見ました")
    ANSWERED = "answered", _("返事がありました")
    EXPIRED = "expired", _("期限が過ぎました")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def alive(self) -> SuggestionQuerySet:
        """Neither answered nor overtaken by time."""
        return self.filter(status__in=[SuggestionStatus.PLANNED, SuggestionStatus.SENT, SuggestionStatus.SEEN])


class Suggestion(models.Model):
    """One role put before one person, with its reasons; the same row whatever the channel."""

    volunteer = models.ForeignKey("volunteers.Volunteer", models.CASCADE, related_name="suggestions")
    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="suggestions")
    slot = models.ForeignKey("organisations.Slot", models.CASCADE, related_name="+")
    run = models.ForeignKey("matching.Run", models.SET_NULL, null=True, related_name="suggestions")
    status = models.CharField(_("状態"), max_length=10, choices=SuggestionStatus, default=SuggestionStatus.PLANNED)
    rank = models.PositiveSmallIntegerField(_("順位"))
    score = models.FloatField(_("点"))
    km = models.FloatField(_("距離(km)"), null=True)
    parts = models.JSONField(_("点の内わけ"), default=dict)
    weights = models.JSONField(_("点の重み"), default=dict, help_text="what each part was weighted with")
    planned_at = models.DateTimeField(_("用意した日時"))
    sent_at = models.DateTimeField(_("とどけた日時"), null=True, blank=True)
    seen_at = models.DateTimeField(_("見た日時"), null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("おすすめ")
        verbose_name_plural = _("おすすめ")
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "role"],
                condition=Q(status__in=["planned", "sent", "seen"]),
                name="suggestion_one_alive_per_role",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="suggestion_score_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} ← {self.role_id}"


class Answer(models.TextChoices):
    ACCEPT = "accept", _("行けます")
    DECLINE = "decline", _("今回はやめる")
    CALL = "call", _("電話がほしい")


class Feedback(models.Model):
    """The answer to a suggestion, also "no"; taken back, it stays as a row with ``undone_at``."""

    suggestion = models.ForeignKey("matching.Suggestion", models.CASCADE, related_name="feedback")
    answer = models.CharField(_("返事"), max_length=8, choices=Answer)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("返事の日時"))
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("返事")
        verbose_name_plural = _("返事")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(undone_at=None), name="feedback_one_in_force_per_suggestion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.answer}"
