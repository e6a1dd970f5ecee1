"""The outbox: one row is one message to one person by one channel."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.models.contact_point import Channel


class Status(models.TextChoices):
    WAITING = "waiting", _("これから送る")
    SENT = "sent", _("送った")
    DROPPED = "dropped", _("送らないことにした")
    FAILED = "failed", _("送れなかった(人が見る)")


class Delivery(models.TextChoices):
    """What a channel without an idempotency key does when nobody knows whether it was sent."""

    AT_MOST_ONCE = "at_most_once", _("多くて1回")
    AT_LEAST_ONCE = "at_least_once", _("少なくとも1回")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def waiting(self) -> NotificationQuerySet:
        """Neither sent nor given up, whoever may be sending it just now."""
        return self.filter(status=Status.WAITING)


class Notification(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notifications", verbose_name=_("あて先"))
    channel = models.CharField(_("方法"), max_length=12, choices=Channel)
    kind = models.CharField(_("種類"), max_length=30)
    dedupe_key = models.CharField(_("二重送信よけの鍵"), max_length=120, unique=True)
    delivery = models.CharField(_("とどけ方"), max_length=14, choices=Delivery, default=Delivery.AT_MOST_ONCE)
    title = models.CharField(_("件名"), max_length=200)
    body = models.TextField(_("本文"))
    url = models.CharField(_("開く画面"), max_length=400, blank=True)
    actions = models.JSONField(_("返事のボタン"), default=list)
    attachments = models.JSONField(_("添付"), default=list, help_text="name, media type, content in base64")
    about = models.JSONField(_("何について"), default=dict, help_text="ids that the sender's room looks at again")
    is_urgent = models.BooleanField(_("夜でも送る"), default=False)

    status = models.CharField(_("状態"), max_length=8, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(_("作った日時"))
    due_at = models.DateTimeField(_("送る日時"))
    sent_at = models.DateTimeField(_("送った日時"), null=True, blank=True)
    seen_at = models.DateTimeField(_("見た日時"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("試した回数"), default=0)
    handed_over_at = models.DateTimeField(
        _("送り始めた日時"), null=True, blank=True, help_text="empty again where it surely was not sent"
    )
    lease_until = models.DateTimeField(_("送信中の期限"), null=True, blank=True)
    lease_token = models.UUIDField(_("送信中の札"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("お知らせ")
        verbose_name_plural = _("お知らせ")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status=Status.WAITING), name="notification_waiting"),
            models.Index(fields=["user", "-created_at"], name="notification_of_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.SENT) | Q(sent_at__isnull=False), name="notification_sent_when"
            ),
            models.CheckConstraint(
                condition=Q(lease_until=None, lease_token=None)
                | Q(lease_until__isnull=False, lease_token__isnull=False),
                name="notification_lease_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title
