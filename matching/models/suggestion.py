"""What was put before whom, and what they answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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


class WhyNot(models.TextChoices):
    """What one may say along with a no."""

    TIME = "time", _("時間が合わない")
    FAR = "far", _("遠い")
    INTEREST = "interest", _("興味と違う")
    HEALTH = "health", _("体の都合")
    OTHER = "other", _("そのほか")


class Feedback(models.Model):
    """The answer to a suggestion, also "no"; taken back, it stays as a row with ``undone_at``."""

    suggestion = models.ForeignKey("matching.Suggestion", models.CASCADE, related_name="feedback")
    answer = models.CharField(_("返事"), max_length=8, choices=Answer)
    why = models.CharField(_("理由の種類"), max_length=8, choices=WhyNot, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("返事の日時"))
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("返事")
        verbose_name_plural = _("返事")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(undone_at=None), name="feedback_one_in_force_per_suggestion"
            ),
            models.CheckConstraint(
                condition=Q(why="") | Q(answer=Answer.DECLINE), name="feedback_says_why_only_with_a_no"
            ),
        ]
        # What is new is asked for every few seconds.
        indexes = [
            models.Index(fields=["answered_at"], name="feedback_answered"),
            models.Index(fields=["undone_at"], condition=Q(undone_at__isnull=False), name="feedback_undone"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.answer}"
