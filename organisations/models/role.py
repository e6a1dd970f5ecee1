"""What help is asked for, and when."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import said
from organisations.models.in_two_languages import InTwoLanguages
from organisations.models.organisation import Approval, Membership
from organisations.models.place import Town
from organisations.models.support_desk import DeskMembership


class RoleStatus(models.TextChoices):
    DRAFT = "draft", _("下書き")
    WAITING = "waiting", _("確認を待っています")
    OPEN = "open", _("募集中")
    FILLED = "filled", _("満員です")
    RESTING = "resting", _("返事を待つあいだ、受付を休んでいます")
    CLOSED = "closed", _("終わりました")
    CANCELLED = "cancelled", _("中止になりました")


# What anybody may read of an approved organisation.
PUBLIC = (RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING, RoleStatus.CLOSED, RoleStatus.CANCELLED)
# What was opened to everybody and is not over, and what may still come to that.
PUBLISHED = (RoleStatus.OPEN, RoleStatus.FILLED, RoleStatus.RESTING)
BEFORE_THE_END = (RoleStatus.DRAFT, RoleStatus.WAITING, *PUBLISHED)


class Insurance(models.TextChoices):
    UNKNOWN = "unknown", _("確認中")
    CIVIC = "civic", _("市民活動保険の対象(届け出不要)")
    EVENT = "event", _("主催者が行事の保険に入ります")
    ORGANISER = "organiser", _("主催者がボランティア保険に入ります")
    NONE = "none", _("保険はありません")


class Effort(models.IntegerChoices):
    LIGHT = 1, _("体力はいりません")
    MIDDLE = 2, _("少し体を動かします")
    HARD = 3, _("力仕事があります")


def _in_area_of(user: User) -> Q:
    towns = DeskMembership.objects.towns_of(user)
    return Q(organisation__town__in=towns) | Q(venue__town__in=towns)


class RoleQuerySet(models.QuerySet["Role"]):
    def visible(self, user: User | AnonymousUser) -> RoleQuerySet:
        """What *user* may read: public roles, those of their organisations, those of the area they coordinate."""
        public = Q(pk__in=Role.objects.public().values("pk"))
        if not user.is_authenticated or not user.is_active:
            return self.filter(public)
        own = Q(organisation__in=Membership.objects.filter(user_id=user.pk).values("organisation"))
        return self.filter(public | own | _in_area_of(user))

    def in_area_of(self, user: User) -> RoleQuerySet:
        """Roles of organisations in the area that *user* coordinates, and roles that happen there."""
        return self.filter(_in_area_of(user))

    def public(self) -> RoleQuerySet:
        """Roles anybody may read: open, full, resting, over or called off, of approved organisations."""
        return self.filter(
            organisation__approval=Approval.APPROVED,
            status__in=PUBLIC,
        )

    def open(self) -> RoleQuerySet:
        """Roles one can still join, as far as status and approval go."""
        return self.filter(organisation__approval=Approval.APPROVED, status=RoleStatus.OPEN)


class Role(InTwoLanguages, models.Model):
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="roles", verbose_name=_("団体・企業・施設")
    )
    venue = models.ForeignKey(
        "organisations.Venue", models.PROTECT, null=True, blank=True, related_name="roles", verbose_name=_("会場")
    )
    is_online = models.BooleanField(_("家からできる"), default=False)
    status = models.CharField(_("状態"), max_length=10, choices=RoleStatus, default=RoleStatus.DRAFT)

    title = models.CharField(_("募集の名前"), max_length=80)
    title_easy = models.CharField(_("やさしい日本語の名前"), max_length=120, blank=True)
    title_en = models.CharField(_("英語の名前"), max_length=120, blank=True)
    summary = models.TextField(_("すること"), max_length=2000)
    summary_en = models.TextField(_("すること(英語)"), max_length=2000, blank=True)
    search_text = models.TextField(editable=False, default="", help_text="folded words that the search looks in")

    activities = models.ManyToManyField(
        "organisations.Activity", through="organisations.RoleActivity", related_name="roles", verbose_name=_("活動分野")
    )
    skills = models.ManyToManyField(
        "organisations.Skill", blank=True, related_name="roles", verbose_name=_("あるとうれしい得意なこと")
    )
    qualifications = models.ManyToManyField(
        "organisations.Qualification", blank=True, related_name="roles", verbose_name=_("必要な資格")
    )
    access = models.ManyToManyField(
        "organisations.AccessFeature", blank=True, related_name="roles", verbose_name=_("参加のしやすさ")
    )
    min_age = models.PositiveSmallIntegerField(_("何歳から"), default=0)
    max_age = models.PositiveSmallIntegerField(_("何歳まで"), null=True, blank=True)
    guardian_under = models.PositiveSmallIntegerField(_("保護者の同意がいる年齢(この歳未満)"), default=18)
    takes_groups = models.BooleanField(_("グループで参加できる"), default=False)
    asks_first = models.BooleanField(
        _("団体が返事をしてから決まる"), default=False, help_text=_("印がなければ、申し込むとすぐに参加が決まります")
    )
    effort = models.PositiveSmallIntegerField(_("体力"), choices=Effort, default=Effort.MIDDLE)
    cost = models.CharField(_("費用"), max_length=120, blank=True)
    insurance = models.CharField(_("保険"), max_length=10, choices=Insurance, default=Insurance.UNKNOWN)
    bring = models.CharField(_("持ち物"), max_length=200, blank=True)
    rain_rule = models.CharField(_("雨のとき"), max_length=120, blank=True)
    contact = models.CharField(_("当日の連絡先"), max_length=120, blank=True)
    is_with_children = models.BooleanField(
        _("子どもとかかわる"), default=False, help_text=_("公開する前に、コーディネーターがふたりで確かめます")
    )

    created_at = models.DateTimeField(_("作った日時"))
    changed_at = models.DateTimeField(_("変えた日時"))
    submitted_at = models.DateTimeField(_("確認に出した日時"), null=True, blank=True)
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    place_changed_at = models.DateTimeField(
        _("場所を変えた日時"),
        null=True,
        blank=True,
        editable=False,
        help_text="when it began to take place elsewhere than it had been public with",
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("募集")
        verbose_name_plural = _("募集")
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["status", "changed_at"], name="role_status_changed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=RoleStatus.DRAFT) | Q(is_online=True) | Q(venue__isnull=False),
                name="role_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(max_age=None) | Q(max_age__gte=F("min_age")), name="role_age_range_is_not_empty"
            ),
            models.CheckConstraint(condition=Q(min_age__lte=120, guardian_under__lte=20), name="role_ages_are_human"),
            models.CheckConstraint(
                condition=~Q(status=RoleStatus.OPEN) | Q(published_at__isnull=False), name="role_open_since"
            ),
            # A draft may lack anything but its name.
            models.CheckConstraint(
                condition=~Q(title="") & (Q(status=RoleStatus.DRAFT) | ~Q(summary="")), name="role_says_what"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title in the language of the page; in easy Japanese as the host put it, where they did."""
        return said(ja=self.title, en=self.title_en, easy=self.title_easy)

    @property
    def towns(self) -> list[Town]:
        """Where its organisation is, and where it happens."""
        return [self.organisation.town, *([self.venue.town] if self.venue else [])]

    @property
    def is_open(self) -> bool:
        return self.status == RoleStatus.OPEN and self.organisation.is_approved


class RoleActivity(models.Model):
    """An activity of a role; position 0 is what the role is mainly about."""

    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="role_activities")
    activity = models.ForeignKey("organisations.Activity", models.PROTECT, related_name="role_activities")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("募集の活動分野")
        verbose_name_plural = _("募集の活動分野")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["role", "activity"], name="role_activity_once")]

    def __str__(self) -> str:
        return str(self.activity)


class SlotQuerySet(models.QuerySet["Slot"]):
    def free(self, after: dt.datetime) -> SlotQuerySet:
        """Slots with a place left that can still be joined after *after*.

        A fixed slot must not have begun; a window must still hold its minutes.
        """
        still_time = Q(minutes=None, starts_at__gt=after) | Q(
            minutes__isnull=False, ends_at__gte=after + F("minutes") * dt.timedelta(minutes=1)
        )
        return self.filter(still_time, cancelled_at=None, taken__lt=F("capacity"))


class Slot(models.Model):
    """From start to end, or, with ``minutes``, any stretch of that length within the window."""

    role = models.ForeignKey("organisations.Role", models.CASCADE, related_name="slots", verbose_name=_("募集"))
    starts_at = models.DateTimeField(_("はじまり"))
    ends_at = models.DateTimeField(_("おわり"))
    minutes = models.PositiveSmallIntegerField(
        _("このうち何分"), null=True, blank=True, help_text=_("入れると「この時間のあいだの好きな○分」になります")
    )
    capacity = models.PositiveSmallIntegerField(_("人数"))
    taken = models.PositiveSmallIntegerField(_("決まった人数"), default=0, editable=False)
    cancelled_at = models.DateTimeField(_("中止した日時"), null=True, blank=True)
    repeat = models.ForeignKey(
        "organisations.Repeat",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="slots",
        verbose_name=_("くり返し"),
    )
    moved_at = models.DateTimeField(_("日時を変えた日時"), null=True, blank=True, editable=False)
    sequence = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="how often it was moved; calendars take the entry with the highest number"
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("枠")
        verbose_name_plural = _("枠")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["starts_at"], condition=Q(cancelled_at=None), name="slot_starts")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=1000), name="slot_capacity_1_to_1000"),
            models.CheckConstraint(condition=Q(taken__gte=0, taken__lte=F("capacity")), name="slot_never_overfull"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=5, minutes__lte=1440), name="slot_minutes_5_to_1440"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def places_left(self) -> int:
        return self.capacity - self.taken
