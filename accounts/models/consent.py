"""What a person agreed to, in the exact words they were shown."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ConsentKind(models.TextChoices):
    TERMS = "terms", _("利用のきまり")
    CONTACT = "contact", _("おすすめやお知らせを受け取る")
    GUARDIAN = "guardian", _("保護者の同意")
    TEAM_NAME = "team_name", _("チームの会社に名前を伝える")


class GuardianScope(models.TextChoices):
    """What a guardian allows. Without ``TAKE_PART`` there is nothing to agree to."""

    TAKE_PART = "take_part", _("活動に参加する")
    GO_ALONE = "go_alone", _("ひとりで行き、ひとりで帰る")
    PHOTO = "photo", _("写真に写る")
    ASK_EACH_TIME = "ask_each_time", _("活動のたびに、保護者にたずねる")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self, kind: str, on: object) -> ConsentQuerySet:
        """Consents of *kind* that hold on the date *on*."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=on), kind=kind, withdrawn_at=None)


class Consent(models.Model):
    """One agreement. Never changed, only withdrawn; a new wording is a new row."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="consents", verbose_name=_("利用者"))
    kind = models.CharField(_("種類"), max_length=12, choices=ConsentKind)
    text = models.TextField(_("示した文面"))
    given_at = models.DateTimeField(_("同意した日時"))
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    expires_on = models.DateField(_("期限"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("記録した人")
    )
    guardian_name = models.CharField(_("保護者の名前"), max_length=60, blank=True)
    scope = ArrayField(
        models.CharField(max_length=20, choices=GuardianScope),
        verbose_name=_("保護者が認めたこと"),
        default=list,
        blank=True,
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        constraints = [
            # It says all there is to know for whoever asks about thousands: their rows, long by the text, are not read.
            models.UniqueConstraint(
                fields=["user", "kind"],
                include=["expires_on"],
                condition=Q(withdrawn_at=None),
                name="consent_one_in_force_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConsentKind.GUARDIAN) | ~Q(guardian_name=""), name="consent_guardian_is_named"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConsentKind.GUARDIAN) | Q(scope__contains=[GuardianScope.TAKE_PART]),
                name="consent_guardian_says_scope",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="consent_text_is_kept"),
        ]
        # What is new is asked for every few seconds.
        indexes = [
            models.Index(fields=["given_at"], name="consent_given"),
            models.Index(fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False), name="consent_withdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.given_at:%Y-%m-%d}"
