"""The words people choose from. Activities, skills and qualifications are never one bucket."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import said


class Term(models.Model):
    """A word with its names: Japanese, English, easy Japanese with readings in brackets."""

    code = models.CharField(_("コード"), max_length=40, unique=True)
    ja = models.CharField(_("日本語"), max_length=80)
    en = models.CharField(_("英語"), max_length=80)
    easy_ja = models.CharField(_("やさしい日本語"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page; Japanese where nobody wrote it in easy words."""
        return said(ja=self.ja, en=self.en, easy=self.easy_ja)


class Activity(Term):
    """A node of the tree of things to do; the top level are the fields of activity."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上の分野")
    )
    kana = models.CharField(_("よみ"), max_length=120, blank=True)
    synonyms = ArrayField(models.CharField(max_length=60), verbose_name=_("言いかえ"), default=list, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("活動分野")
        verbose_name_plural = _("活動分野")
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="activity_is_not_its_own_parent")]


class Skill(Term):
    """Something a person does well; welcome in a role, never required."""

    synonyms = ArrayField(models.CharField(max_length=60), verbose_name=_("言いかえ"), default=list, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("得意なこと")
        verbose_name_plural = _("得意なこと")


class Proof(models.TextChoices):
    SELF = "self", _("本人の申し出")
    DOCUMENT = "document", _("書類で確認")
    ORGANISER = "organiser", _("団体や窓口が確認")


class Qualification(Term):
    """Something a role may require, and how it is shown."""

    proof = models.CharField(_("確かめ方"), max_length=10, choices=Proof, default=Proof.SELF)

    class Meta(Term.Meta):
        verbose_name = _("資格")
        verbose_name_plural = _("資格")


class AccessFeature(Term):
    """A fact that lets somebody take part. Not ticked means not known, and not known means no."""

    is_about_place = models.BooleanField(
        _("場所のこと"), default=False, help_text=_("家からできる活動では、満たされているとみなします")
    )
    is_filter = models.BooleanField(
        _("募集をさがすときにえらべる"), default=False, help_text=_("印をつけると、募集をさがすページに出ます")
    )

    class Meta(Term.Meta):
        verbose_name = _("参加のしやすさ")
        verbose_name_plural = _("参加のしやすさ")
