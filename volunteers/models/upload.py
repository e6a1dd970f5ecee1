"""A spreadsheet that somebody has handed in and not yet brought in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UploadKind(models.TextChoices):
    VOLUNTEERS = "volunteers", _("参加者")
    ORGANISATIONS = "organisations", _("団体・企業・施設")
    ROLES = "roles", _("募集")
    EVENTS = "events", _("催しの予定")


class Upload(models.Model):
    """Kept only between the preview and the decision: it may name many people."""

    kind = models.CharField(_("種類"), max_length=13, choices=UploadKind)
    name = models.CharField(_("ファイルの名前"), max_length=120)
    content = models.BinaryField(_("中身"))
    by = models.ForeignKey("accounts.User", models.CASCADE, related_name="uploads", verbose_name=_("出した人"))
    desk = models.ForeignKey(
        "organisations.SupportDesk",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("相談窓口"),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("団体"),
    )
    at = models.DateTimeField(_("出した日時"), db_index=True)
    done_at = models.DateTimeField(_("取り込んだ日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("取り込む表")
        verbose_name_plural = _("取り込む表")
        constraints = [
            models.CheckConstraint(
                condition=Q(desk__isnull=False, organisation=None) | Q(desk=None, organisation__isnull=False),
                name="upload_is_of_a_desk_or_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return self.name
