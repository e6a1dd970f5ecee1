"""A resident's own words. Never searched, never listed, read one at a time by the coordinators of the town."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import Language
from organisations.models.support_desk import DeskMembership


class Via(models.TextChoices):
    WEB = "web", _("この画面から")
    PHONE = "phone", _("電話")
    PAPER = "paper", _("手紙・用紙")
    DESK = "desk", _("窓口で")


class Reach(models.TextChoices):
    """How somebody would like to be answered."""

    PHONE = "phone", _("電話")
    EMAIL = "email", _("メール")
    LINE = "line", _("LINE")
    LETTER = "letter", _("手紙")
    VISIT = "visit", _("自分で窓口に行く")


class WorryOutcome(models.TextChoices):
    NEED = "need", _("地域ニーズになりました")
    REFERRED = "referred", _("ほかの窓口につなぎました")
    KEPT = "kept", _("相談員がつづけて聞いています")
    SOLVED = "solved", _("もうだいじょうぶになりました")
    REFUSED = "refused", _("ここではできないと伝えて、窓口を案内しました")
    UNREACHABLE = "unreachable", _("連絡がつきませんでした")


class WorryQuerySet(models.QuerySet["Worry"]):
    def in_area_of(self, user: User) -> WorryQuerySet:
        return self.filter(town__in=DeskMembership.objects.towns_of(user))

    def open(self) -> WorryQuerySet:
        return self.filter(closed_at=None)

    def unanswered(self) -> WorryQuerySet:
        return self.open().filter(answered_at=None)


class Worry(models.Model):
    """``sealed`` holds the words and how to reach the sender, encrypted; only ``worries.handling`` opens it."""

    receipt = models.CharField(_("受付番号"), max_length=12, unique=True)
    town = models.ForeignKey("organisations.Town", models.PROTECT, related_name="worries", verbose_name=_("町"))
    is_about_other = models.BooleanField(_("気になる人がいる"), default=False)
    via = models.CharField(_("受け方"), max_length=6, choices=Via, default=Via.WEB)
    language = models.CharField(_("ことば"), max_length=2, choices=Language, default=Language.JA)
    sealed = models.BinaryField(_("封をした中身"), null=True, editable=False)
    consent_text = models.TextField(_("示した文面"))
    consented_at = models.DateTimeField(_("同意した日時"))
    typed_in_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("書き取った人")
    )
    arrived_at = models.DateTimeField(_("受け付けた日時"))
    answer_by = models.DateTimeField(_("連絡の期限"))
    answered_at = models.DateTimeField(_("連絡した日時"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("連絡した人")
    )
    reminded_at = models.DateTimeField(_("催促した日時"), null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(_("まとめ役に伝えた日時"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    outcome = models.CharField(_("どうなったか"), max_length=11, choices=WorryOutcome, blank=True)
    forgotten_at = models.DateTimeField(_("中身を消した日時"), null=True, blank=True, editable=False)

    objects = WorryQuerySet.as_manager()

    class Meta:
        verbose_name = _("困りごと")
        verbose_name_plural = _("困りごと")
        ordering = ["arrived_at", "id"]
        indexes = [models.Index(fields=["answer_by"], condition=Q(answered_at=None, closed_at=None), name="worry_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed=None, forgotten_at__isnull=False) | Q(sealed__isnull=False, forgotten_at=None),
                name="worry_is_sealed_or_forgotten",
            ),
            models.CheckConstraint(condition=~Q(consent_text=""), name="worry_consent_text_is_kept"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="worry_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(closed_at__isnull=False), name="worry_forgotten_after_closing"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class ReferralResult(models.TextChoices):
    TOLD = "told", _("案内しました")
    TAKEN = "taken", _("引き受けてもらえました")
    ONWARD = "onward", _("さらに別の窓口へつながりました")
    NOT_TAKEN = "not_taken", _("つながりませんでした")


class Referral(models.Model):
    """Where a worry was passed on, when, and what came of it."""

    worry = models.ForeignKey(
        "organisations.Worry", models.CASCADE, related_name="referrals", verbose_name=_("困りごと")
    )
    desk = models.ForeignKey(
        "organisations.SupportDesk",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name=_("相談窓口"),
    )
    place = models.CharField(_("そのほかの窓口"), max_length=80, blank=True)
    at = models.DateTimeField(_("つないだ日時"))
    by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("つないだ人")
    )
    result = models.CharField(_("どうなったか"), max_length=9, choices=ReferralResult, default=ReferralResult.TOLD)
    result_at = models.DateTimeField(_("わかった日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("つなぎ先")
        verbose_name_plural = _("つなぎ先")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(desk__isnull=False, place="") | (Q(desk=None) & ~Q(place="")),
                name="referral_is_to_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.worry} → {self.desk or self.place}"
