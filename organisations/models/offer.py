"""What companies, facilities, schools and shops have to give: people, know-how, a room, a vehicle, goods."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models.in_two_languages import InTwoLanguages
from organisations.models.organisation import Approval, Membership
from organisations.models.pattern import When, when_field
from organisations.models.support_desk import DeskMembership


class Help(models.TextChoices):
    """What would help, and what is given."""

    PEOPLE = "people", _("人手")
    KNOW_HOW = "know_how", _("知識・技術")
    ROOM = "room", _("場所")
    VEHICLE = "vehicle", _("車")
    GOODS = "goods", _("物")


# One at a time: nobody else can have it meanwhile.
EXCLUSIVE = (Help.ROOM, Help.VEHICLE)


class OfferStatus(models.TextChoices):
    DRAFT = "draft", _("下書き")
    WAITING = "waiting", _("確認を待っています")
    OPEN = "open", _("受け付けています")
    CLOSED = "closed", _("終わりました")


class OfferQuerySet(models.QuerySet["Offer"]):
    def public(self) -> OfferQuerySet:
        return self.filter(organisation__approval=Approval.APPROVED, status__in=(OfferStatus.OPEN, OfferStatus.CLOSED))

    def open(self) -> OfferQuerySet:
        return self.filter(organisation__approval=Approval.APPROVED, status=OfferStatus.OPEN)

    def in_area_of(self, user: User) -> OfferQuerySet:
        towns = DeskMembership.objects.towns_of(user)
        return self.filter(Q(organisation__town__in=towns) | Q(town__in=towns))

    def visible(self, user: User | AnonymousUser) -> OfferQuerySet:
        """What *user* may read: public offers, those of their organisations, those of the area they coordinate."""
        public = Q(pk__in=Offer.objects.public().values("pk"))
        if not user.is_authenticated or not user.is_active:
            return self.filter(public)
        own = Q(organisation__in=Membership.objects.filter(user_id=user.pk).values("organisation"))
        return self.filter(public | own | Q(pk__in=Offer.objects.in_area_of(user).values("pk")))


class Offer(InTwoLanguages, models.Model):
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="offers", verbose_name=_("団体・企業・施設")
    )
    kind = models.CharField(_("提供するもの"), max_length=8, choices=Help)
    status = models.CharField(_("状態"), max_length=10, choices=OfferStatus, default=OfferStatus.DRAFT)

    title = models.CharField(_("提供の名前"), max_length=80)
    title_en = models.CharField(_("英語の名前"), max_length=120, blank=True)
    summary = models.TextField(_("くわしく"), max_length=2000, blank=True)
    summary_en = models.TextField(_("くわしく(英語)"), max_length=2000, blank=True)
    conditions = models.CharField(_("お願いしたいこと・条件"), max_length=500, blank=True)
    not_possible = models.CharField(_("できないこと"), max_length=500, blank=True)
    search_text = models.TextField(editable=False, default="", help_text="folded words that the search looks in")

    activities = models.ManyToManyField(
        "organisations.Activity", blank=True, related_name="offers", verbose_name=_("活動分野")
    )
    access = models.ManyToManyField(
        "organisations.AccessFeature", blank=True, related_name="offers", verbose_name=_("使いやすさ")
    )
    town = models.ForeignKey("organisations.Town", models.PROTECT, related_name="offers", verbose_name=_("町"))
    venue = models.ForeignKey(
        "organisations.Venue", models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("会場")
    )
    within_km = models.FloatField(
        _("どこまで行けるか(km)"), null=True, blank=True, help_text=_("空なら、どこへでも。場所には入れません")
    )
    people = models.PositiveSmallIntegerField(_("人数・定員"), null=True, blank=True)
    quantity = models.PositiveIntegerField(
        _("数"), null=True, blank=True, help_text=_("物の数。空なら、なくなることはありません")
    )
    promised = models.PositiveIntegerField(_("約束した数"), default=0, editable=False)
    unit = models.CharField(_("数え方"), max_length=10, blank=True)
    when = when_field()
    starts_on = models.DateField(_("いつから"), null=True, blank=True)
    ends_on = models.DateField(_("いつまで"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("何日前までに"), default=0)

    is_food = models.BooleanField(_("食べ物・飲み物"), default=False)
    is_unopened = models.BooleanField(_("開けていない"), default=False)
    keeps_at_room_temperature = models.BooleanField(_("常温で保存できる"), default=False)
    best_before = models.DateField(_("賞味期限"), null=True, blank=True)
    vehicle_checked_at = models.DateTimeField(_("法律と保険を確かめた日時"), null=True, blank=True, editable=False)
    vehicle_checked_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("確かめた人")
    )

    created_at = models.DateTimeField(_("作った日時"))
    changed_at = models.DateTimeField(_("変えた日時"))
    submitted_at = models.DateTimeField(_("確認に出した日時"), null=True, blank=True)
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("提供")
        verbose_name_plural = _("提供")
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="offer_says_what"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(promised__lte=F("quantity")), name="offer_never_promises_too_much"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="offer_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(status=OfferStatus.OPEN) | Q(published_at__isnull=False), name="offer_open_since"
            ),
            models.CheckConstraint(
                condition=~Q(status=OfferStatus.OPEN, kind=Help.VEHICLE) | Q(vehicle_checked_at__isnull=False),
                name="offer_of_a_vehicle_was_checked",
            ),
            models.CheckConstraint(
                condition=~Q(status=OfferStatus.OPEN, is_food=True)
                | Q(is_unopened=True, keeps_at_room_temperature=True, best_before__isnull=False),
                name="offer_of_food_is_safe",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int | None:
        """How many are still to be had; None where that never ends."""
        return None if self.quantity is None else self.quantity - self.promised

    @property
    def rough_times(self) -> list[str]:
        """When it can be had, in the order of the week and the language of the page; empty where any time will do."""
        return [str(each.label) for each in When if each in self.when]

    @property
    def is_exclusive(self) -> bool:
        return self.kind in EXCLUSIVE
