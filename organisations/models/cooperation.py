"""An offer meets a need, a role or a wish of a group; three sides agree, and then it is booked."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models.organisation import Membership
from organisations.models.support_desk import DeskMembership


class CooperationStatus(models.TextChoices):
    PROPOSED = "proposed", _("相談中です")
    AGREED = "agreed", _("決まりました")
    DONE = "done", _("終わりました")
    ENDED = "ended", _("とりやめになりました")


class Side(models.TextChoices):
    OFFER = "offer", _("提供する側")
    HOST = "host", _("受ける側")
    DESK = "desk", _("コーディネーター")


class ProposedBy(models.TextChoices):
    SERVICE = "service", _("やりたい")
    HOST = "host", _("受ける側")
    DESK = "desk", _("コーディネーター")


class CooperationQuerySet(models.QuerySet["Cooperation"]):
    def alive(self) -> CooperationQuerySet:
        return self.filter(status__in=(CooperationStatus.PROPOSED, CooperationStatus.AGREED))

    def in_order(self) -> CooperationQuerySet:
        """Those that wait for an answer first, then those to come, then what is over; the latest first."""
        return self.order_by(
            models.Case(
                models.When(status=CooperationStatus.PROPOSED, then=0),
                models.When(status=CooperationStatus.AGREED, then=1),
                default=2,
            ),
            "-proposed_at",
            "-pk",
        )

    def of(self, user: User) -> CooperationQuerySet:
        """Those of the organisations that *user* acts for, on either side."""
        own = Membership.objects.filter(user_id=user.pk).values("organisation")
        return self.filter(Q(offer__organisation__in=own) | Q(host__in=own))

    def waiting_for(self, user: User) -> CooperationQuerySet:
        """Those to which an organisation that *user* acts for has not said yes or no."""
        own = Membership.objects.filter(user_id=user.pk).values("organisation")
        giving = Q(offer__organisation__in=own, offer_agreed_at=None)
        asked = giving | Q(host__in=own, host_agreed_at=None)
        return self.filter(asked, status=CooperationStatus.PROPOSED)

    def in_area_of(self, user: User) -> CooperationQuerySet:
        towns = DeskMembership.objects.towns_of(user)
        return self.filter(Q(host__town__in=towns) | Q(offer__organisation__town__in=towns))


class Cooperation(models.Model):
    """Nothing is booked before the offering side, the host and a coordinator have each said yes."""

    offer = models.ForeignKey(
        "organisations.Offer", models.PROTECT, related_name="cooperations", verbose_name=_("提供")
    )
    host = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="cooperations", verbose_name=_("受ける側")
    )
    need = models.ForeignKey(
        "organisations.Need",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cooperations",
        verbose_name=_("地域ニーズ"),
    )
    role = models.ForeignKey(
        "organisations.Role",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cooperations",
        verbose_name=_("募集"),
    )
    status = models.CharField(_("状態"), max_length=8, choices=CooperationStatus, default=CooperationStatus.PROPOSED)
    proposed_by = models.CharField(_("言い出したのは"), max_length=7, choices=ProposedBy)
    purpose = models.CharField(_("何に使うか"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("はじまり"), null=True, blank=True)
    ends_at = models.DateTimeField(_("おわり"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("数・人数"), default=1)
    score = models.FloatField(_("点"), null=True, blank=True, editable=False)
    parts = models.JSONField(_("点の内わけ"), default=dict, editable=False)

    proposed_at = models.DateTimeField(_("言い出した日時"))
    offer_agreed_at = models.DateTimeField(_("提供する側がよいと言った日時"), null=True, blank=True)
    host_agreed_at = models.DateTimeField(_("受ける側がよいと言った日時"), null=True, blank=True)
    desk_agreed_at = models.DateTimeField(_("コーディネーターがよいと言った日時"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("決まった日時"), null=True, blank=True)
    done_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    ended_at = models.DateTimeField(_("とりやめた日時"), null=True, blank=True)
    ended_by = models.CharField(_("とりやめた側"), max_length=5, choices=Side, blank=True)
    end_reason = models.CharField(_("とりやめた理由"), max_length=500, blank=True)

    objects = CooperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("協力")
        verbose_name_plural = _("協力")
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="cooperation_time_is_whole",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="cooperation_is_about_something"),
            models.CheckConstraint(
                condition=~Q(status__in=("agreed", "done"))
                | Q(offer_agreed_at__isnull=False, host_agreed_at__isnull=False, desk_agreed_at__isnull=False),
                name="cooperation_three_sides_agreed",
            ),
            models.UniqueConstraint(
                fields=["offer", "need"],
                condition=Q(status__in=("proposed", "agreed"), need__isnull=False),
                name="cooperation_one_alive_per_need",
            ),
            models.UniqueConstraint(
                fields=["offer", "role"],
                condition=Q(status__in=("proposed", "agreed"), role__isnull=False),
                name="cooperation_one_alive_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} → {self.host}"


class Booking(models.Model):
    """What is promised: a stretch of time of a room or a vehicle, or a number of things."""

    cooperation = models.OneToOneField(
        "organisations.Cooperation", models.CASCADE, related_name="booking", verbose_name=_("協力")
    )
    offer = models.ForeignKey("organisations.Offer", models.PROTECT, related_name="bookings", verbose_name=_("提供"))
    busy = DateTimeRangeField(_("使う時間"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("数"), default=1)
    is_exclusive = models.BooleanField(_("ほかの人は使えない"), default=False)
    booked_at = models.DateTimeField(_("予約した日時"))
    cancelled_at = models.DateTimeField(_("とりやめた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("予約")
        verbose_name_plural = _("予約")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_exclusive=False) | Q(busy__isnull=False), name="booking_of_a_room_has_a_time"
            ),
            ExclusionConstraint(
                name="booking_never_twice_at_once",
                expressions=[(F("offer"), RangeOperators.EQUAL), (F("busy"), RangeOperators.OVERLAPS)],
                condition=Q(is_exclusive=True, cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} {self.busy or self.quantity}"
