"""Where a person can be reached."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Channel(models.TextChoices):
    EMAIL = "email", _("メール")
    INBOX = "inbox", _("この画面のお知らせ")
    CALL_LIST = "call_list", _("電話(ケアプラザなどから)")


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    def addresses(self, users: Iterable[User], channel: str) -> dict[int, str]:
        """The newest address of each person for *channel*; an e-mail address must have been confirmed."""
        points = self.filter(user__in=[user.pk for user in users], channel=channel)
        if channel == Channel.EMAIL:
            points = points.exclude(verified_at=None)
        return dict(points.order_by("pk").values_list("user_id", "address"))

    def emails(self, users: Iterable[User]) -> dict[int, str]:
        """Where each person gets e-mail: a confirmed contact point, else the address they sign in with."""
        users = list(users)
        sign_in = {user.pk: user.email for user in users if user.email}
        return sign_in | self.addresses(users, Channel.EMAIL)


class ContactPoint(models.Model):
    """One address. A call list needs a phone number; the inbox needs none and has no row."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="contact_points", verbose_name=_("利用者"))
    channel = models.CharField(_("方法"), max_length=12, choices=Channel)
    address = models.CharField(_("あて先"), max_length=254)
    verified_at = models.DateTimeField(_("確認した日時"), null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("連絡先")
        verbose_name_plural = _("連絡先")
        constraints = [
            models.UniqueConstraint(fields=["user", "channel", "address"], name="contact_point_once"),
            models.CheckConstraint(condition=~Q(address=""), name="contact_point_has_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.address}"
