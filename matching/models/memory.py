"""What was worked out once and is kept until its source changes: texts as vectors, how roles and offers looked last."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PackedProfile(models.Model):
    """What a person says of themselves in one row, for the engine; see `matching.dataset.profiles`.

    It holds as long as the profile's ``changed_at`` is ``of_change`` and its row is of the version ``row_version``.
    What they wrote and ticked is there as a vector of whole bytes too, by the model of texts ``version``; empty where
    that has not been worked out yet.
    """

    volunteer = models.OneToOneField("volunteers.Volunteer", models.CASCADE, primary_key=True, related_name="+")
    of_change = models.DateTimeField()
    row_version = models.BigIntegerField(help_text="the transaction that wrote the row")
    body = models.BinaryField()
    terms = models.BinaryField(help_text="interests, skills and whatever else is chosen from the vocabulary")
    days = models.BinaryField(help_text="days that differ from the usual week")
    version = models.CharField(max_length=80)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("参加者のまとめ")
        verbose_name_plural = _("参加者のまとめ")

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.row_version}"


class RoleText(models.Model):
    """What a role says, as a vector of whole bytes.

    It holds as long as the role's ``changed_at`` is ``of_change`` and the model of texts is ``version``.
    """

    role = models.OneToOneField("organisations.Role", models.CASCADE, primary_key=True, related_name="+")
    of_change = models.DateTimeField()
    version = models.CharField(max_length=80)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("募集のことば")
        verbose_name_plural = _("募集のことば")

    def __str__(self) -> str:
        return f"{self.role_id} {self.version}"


class ListedRole(models.Model):
    """How a role looked when the lists were last brought up to it: where it looks otherwise now, they are behind."""

    role = models.OneToOneField("organisations.Role", models.CASCADE, primary_key=True, related_name="+")
    fingerprint = models.CharField(max_length=32)
    listed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("一覧に入れた募集")
        verbose_name_plural = _("一覧に入れた募集")

    def __str__(self) -> str:
        return f"{self.role_id} {self.fingerprint}"


class FairLook(models.Model):
    """How offers and all that they could suit looked when they were last looked through; one row."""

    fingerprint = models.CharField(max_length=32)
    looked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("提供を見くらべた記録")
        verbose_name_plural = _("提供を見くらべた記録")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="fair_look_is_one_row")]

    def __str__(self) -> str:
        return self.fingerprint
