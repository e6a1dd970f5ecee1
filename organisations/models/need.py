"""What a neighbourhood lacks, told so that nobody can be recognised. Written by coordinators, read by everybody."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models.in_two_languages import InTwoLanguages
from organisations.models.offer import Help
from organisations.models.pattern import when_field
from organisations.models.support_desk import DeskMembership


class NeedStatus(models.TextChoices):
    DRAFT = "draft", _("下書き")
    OPEN = "open", _("力になれる人をさがしています")
    TAKEN_UP = "taken_up", _("活動になりました")
    CLOSED = "closed", _("終わりました")


class NeedQuerySet(models.QuerySet["Need"]):
    def public(self) -> NeedQuerySet:
        return self.exclude(status=NeedStatus.DRAFT)

    def open(self) -> NeedQuerySet:
        return self.filter(status=NeedStatus.OPEN)

    def in_area_of(self, user: User) -> NeedQuerySet:
        """The needs of the desks that *user* coordinates for."""
        return self.filter(desk__in=DeskMembership.objects.filter(user_id=user.pk).values("desk"))

    def visible(self, user: User | AnonymousUser) -> NeedQuerySet:
        public = ~Q(status=NeedStatus.DRAFT)
        if not user.is_authenticated or not user.is_active:
            return self.filter(public)
        return self.filter(public | Q(pk__in=Need.objects.in_area_of(user).values("pk")))


class Need(InTwoLanguages, models.Model):
    """Its place is a town or a district, never an address. Worries behind it are known to the desk alone."""

    desk = models.ForeignKey(
        "organisations.SupportDesk", models.PROTECT, related_name="needs", verbose_name=_("相談窓口")
    )
    town = models.ForeignKey(
        "organisations.Town", models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("町")
    )
    district = models.ForeignKey(
        "organisations.District", models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("地区")
    )
    status = models.CharField(_("状態"), max_length=8, choices=NeedStatus, default=NeedStatus.DRAFT)
    title = models.CharField(_("ニーズの名前"), max_length=80)
    title_en = models.CharField(_("英語の名前"), max_length=120, blank=True)
    summary = models.TextField(_("どんなことか"), max_length=2000, blank=True)
    summary_en = models.TextField(_("どんなことか(英語)"), max_length=2000, blank=True)
    search_text = models.TextField(editable=False, default="", help_text="folded words that the search looks in")
    activities = models.ManyToManyField("organisations.Activity", related_name="needs", verbose_name=_("活動分野"))
    skills = models.ManyToManyField(
        "organisations.Skill", blank=True, related_name="needs", verbose_name=_("あるとうれしい得意なこと")
    )
    helps = ArrayField(models.CharField(max_length=8, choices=Help), verbose_name=_("あると助かるもの"), default=list)
    when = when_field()
    minutes = models.PositiveSmallIntegerField(_("1回に何分くらい"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(_("何人いると助かるか"), default=1)
    quantity = models.PositiveIntegerField(_("物の数"), null=True, blank=True)
    wanted_until = models.DateField(_("いつまで"))

    worries = models.ManyToManyField(
        "organisations.Worry", blank=True, related_name="needs", verbose_name=_("もとになった困りごと")
    )
    role = models.ForeignKey(
        "organisations.Role", models.SET_NULL, null=True, blank=True, related_name="needs", verbose_name=_("募集")
    )
    host = models.ForeignKey(
        "organisations.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs_taken_up",
        verbose_name=_("引き受けた団体"),
    )
    written_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("書いた人")
    )
    created_at = models.DateTimeField(_("作った日時"))
    changed_at = models.DateTimeField(_("変えた日時"))
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("地域ニーズ")
        verbose_name_plural = _("地域ニーズ")
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["status", "wanted_until"], name="need_status_until")]
        constraints = [
            models.CheckConstraint(
                condition=Q(town__isnull=False, district=None) | Q(town=None, district__isnull=False),
                name="need_is_of_a_town_or_a_district",
            ),
            models.CheckConstraint(
                condition=Q(status=NeedStatus.DRAFT) | (~Q(summary="") & Q(published_at__isnull=False)),
                name="need_public_says_what",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="need_has_a_title"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=1000), name="need_people_1_to_1000"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> str:
        return str(self.town or self.district)


class WhyNot(models.TextChoices):
    """Why a group does not take a need up."""

    HANDS = "hands", _("いまは、手が足りない")
    NOT_OURS = "not_ours", _("わたしたちの活動とは、ちがう")
    TIME = "time", _("時期や曜日が合わない")
    OTHER = "other", _("そのほか")


class HostingRequest(models.Model):
    """A coordinator asks an organisation to take a need up; one that says no may say why, to the desk alone."""

    need = models.ForeignKey(
        "organisations.Need", models.CASCADE, related_name="hosting_requests", verbose_name=_("地域ニーズ")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="hosting_requests", verbose_name=_("団体")
    )
    asked_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("たずねた人")
    )
    asked_at = models.DateTimeField(_("たずねた日時"))
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    is_accepted = models.BooleanField(_("引き受けた"), null=True, blank=True)
    why_not = models.CharField(_("むずかしい理由"), max_length=8, choices=WhyNot, blank=True)
    remark = models.CharField(_("ひとこと"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("引き受けのお願い")
        verbose_name_plural = _("引き受けのお願い")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["need", "organisation"], name="hosting_request_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_accepted=None)
                | Q(answered_at__isnull=False, is_accepted__isnull=False),
                name="hosting_request_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(why_not="", remark="") | Q(is_accepted__isnull=False, is_accepted=False),
                name="hosting_request_gives_reasons_for_a_no",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ← {self.need}"
