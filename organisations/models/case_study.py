"""A cooperation that worked, told to others. Public only while both sides agree to these very words."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models.organisation import Membership, Organisation
from organisations.models.support_desk import DeskMembership


class CaseStudyQuerySet(models.QuerySet["CaseStudy"]):
    def public(self) -> CaseStudyQuerySet:
        return self.filter(published_at__isnull=False)

    def of(self, organisation: Organisation) -> CaseStudyQuerySet:
        """Those of what *organisation* gave or received."""
        return self.filter(Q(cooperation__offer__organisation=organisation) | Q(cooperation__host=organisation))

    def visible(self, user: User | AnonymousUser) -> CaseStudyQuerySet:
        public = Q(published_at__isnull=False)
        if not user.is_authenticated or not user.is_active:
            return self.filter(public)
        own = Membership.objects.filter(user_id=user.pk).values("organisation")
        towns = DeskMembership.objects.towns_of(user)
        sides = Q(cooperation__offer__organisation__in=own) | Q(cooperation__host__in=own)
        area = Q(cooperation__host__town__in=towns) | Q(cooperation__offer__organisation__town__in=towns)
        return self.filter(public | sides | area)


class CaseStudy(models.Model):
    cooperation = models.OneToOneField(
        "organisations.Cooperation", models.PROTECT, related_name="case_study", verbose_name=_("協力")
    )
    title = models.CharField(_("題"), max_length=80)
    before = models.TextField(_("はじまる前"), max_length=1000, blank=True)
    who = models.TextField(_("だれが"), max_length=500, blank=True)
    what = models.TextField(_("何をしたか"), max_length=1000, blank=True)
    result = models.TextField(_("どうなったか"), max_length=1000, blank=True)
    changed_at = models.DateTimeField(_("変えた日時"))
    changed_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("変えた人")
    )
    offer_agreed_at = models.DateTimeField(_("提供した側がよいと言った日時"), null=True, blank=True)
    host_agreed_at = models.DateTimeField(_("受けた側がよいと言った日時"), null=True, blank=True)
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    is_chosen = models.BooleanField(_("冊子にのせる"), default=False)

    objects = CaseStudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("連携事例")
        verbose_name_plural = _("連携事例")
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(offer_agreed_at__isnull=False, host_agreed_at__isnull=False),
                name="case_study_both_sides_agreed",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~(Q(before="") | Q(who="") | Q(what="") | Q(result="")),
                name="case_study_public_tells_all",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CasePhoto(models.Model):
    """A picture encoded anew, without anything the camera wrote into it."""

    case_study = models.ForeignKey(
        "organisations.CaseStudy", models.CASCADE, related_name="photos", verbose_name=_("連携事例")
    )
    jpeg = models.BinaryField(_("写真"))
    width = models.PositiveSmallIntegerField(_("幅"))
    height = models.PositiveSmallIntegerField(_("高さ"))
    description = models.CharField(_("写っているもの"), max_length=200)
    consent_text = models.TextField(_("示した文面"))
    consented_at = models.DateTimeField(_("同意した日時"))
    added_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("のせた人")
    )

    class Meta:
        verbose_name = _("事例の写真")
        verbose_name_plural = _("事例の写真")
        constraints = [
            models.CheckConstraint(condition=~Q(consent_text=""), name="case_photo_consent_text_is_kept"),
            models.CheckConstraint(condition=~Q(description=""), name="case_photo_is_described"),
        ]

    def __str__(self) -> str:
        return self.description
