"""What was worked out once and is kept until its source changes: texts as vectors, and how a role looked last."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VolunteerText(models.Model):
    """What a person wrote and ticked, as a vector of whole bytes.

    It holds as long as the profile's ``changed_at`` is ``of_change`` and the model of texts is ``version``.
    """

    volunteer = models.OneToOneField("volunteers.Volunteer", models.CASCADE, primary_key=True, related_name="+")
    of_change = models.DateTimeField()
    version = models.CharField(max_length=80)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("参加者のことば")
        verbose_name_plural = _("参加者のことば")

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.version}"


class RoleText(models.Model):
    """What a role says, in the same way."""

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
