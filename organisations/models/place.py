"""Towns, which have a point, and venues, which have an exact public place."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The islands of Japan lie within these degrees (Okinotorishima, Minamitorishima, Yonaguni, Benten-jima).
JAPAN_LAT = (20.0, 46.0)
JAPAN_LNG = (122.0, 154.0)


def is_in_japan() -> Q:
    return Q(lat__range=JAPAN_LAT, lng__range=JAPAN_LNG)


class TownQuerySet(models.QuerySet["Town"]):
    def with_point(self) -> TownQuerySet:
        return self.filter(lat__isnull=False)


class District(models.Model):
    """A part of a ward that its welfare plan counts by, usually one federation of neighbourhood associations."""

    code = models.CharField(_("コード"), max_length=20, unique=True)
    name = models.CharField(_("名前"), max_length=60)
    kana = models.CharField(_("よみ"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = _("地区")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Town(models.Model):
    """A 町丁目 and its representative point in degrees (JGD2011); the only place a person's row names."""

    ward_code = models.CharField(_("区のコード"), max_length=5)
    ward = models.CharField(_("区"), max_length=20)
    name = models.CharField(_("町"), max_length=40)
    kana = models.CharField(_("よみ"), max_length=80, blank=True)
    lat = models.FloatField(_("緯度"), null=True, blank=True)
    lng = models.FloatField(_("経度"), null=True, blank=True)
    district = models.ForeignKey(
        "organisations.District",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="towns",
        verbose_name=_("地区"),
    )

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = _("町")
        verbose_name_plural = _("町")
        ordering = ["ward_code", "kana", "name"]
        constraints = [
            models.UniqueConstraint(fields=["ward_code", "name"], name="town_once_per_ward"),
            # Said in full: a check that comes out unknown would let half a point pass.
            models.CheckConstraint(
                condition=Q(lat=None, lng=None) | (Q(lat__isnull=False, lng__isnull=False) & is_in_japan()),
                name="town_is_in_japan",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_point(self) -> bool:
        return self.lat is not None and self.lng is not None


class FoundBy(models.TextChoices):
    TOWN = "town", _("町の位置")
    ADDRESS = "address", _("住所からさがした位置")
    PIN = "pin", _("地図で動かした位置")


class Venue(models.Model):
    """A public place with its exact point in degrees; never somebody's home."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="venues", verbose_name=_("登録した団体")
    )
    name = models.CharField(_("会場"), max_length=80)
    town = models.ForeignKey("organisations.Town", models.PROTECT, related_name="venues", verbose_name=_("町"))
    address = models.CharField(_("番地など"), max_length=120, blank=True)
    lat = models.FloatField(_("緯度"))
    lng = models.FloatField(_("経度"))
    found_by = models.CharField(_("位置の決め方"), max_length=8, choices=FoundBy, default=FoundBy.TOWN)
    toilets = models.CharField(_("トイレ"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("会場")
        verbose_name_plural = _("会場")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="venue_once_per_organisation"),
            models.CheckConstraint(condition=is_in_japan(), name="venue_is_in_japan"),
        ]

    def __str__(self) -> str:
        return self.name
