"""What the open feeds have ever told, so that they can also tell that it is gone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedKind(models.TextChoices):
    SLOT = "slot", _("枠")
    NEED = "need", _("地域ニーズ")
    OFFER = "offer", _("提供")


class FeedItem(models.Model):
    """``modified`` grows with every change, so that a reader can go on where they stopped; ref: the row's number."""

    kind = models.CharField(_("種類"), max_length=5, choices=FeedKind)
    ref = models.BigIntegerField(_("番号"))
    modified = models.BigIntegerField(_("変わった順"))
    digest = models.CharField(_("中身のしるし"), max_length=64)
    is_deleted = models.BooleanField(_("なくなった"), default=False)
    changed_at = models.DateTimeField(_("変わった日時"))

    class Meta:
        verbose_name = _("公開データの記録")
        verbose_name_plural = _("公開データの記録")
        ordering = ["modified", "ref"]
        indexes = [models.Index(fields=["kind", "modified", "ref"], name="feed_in_order")]
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="feed_item_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
