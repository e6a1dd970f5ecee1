"""What was computed for each person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RealField(models.FloatField):  # type: ignore[type-arg]
    """A number of 4 bytes, which is what the engine computes in; lists of them stay within one page's row."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002  a name that Django gives
        return "real"


class Shortlist(models.Model):
    """The best roles for one volunteer, best first; all arrays have the same length.

    ``parts`` holds the weighted scores of the signals, one after the other, in the order of ``signals``; ``weights``
    what each signal was weighted with. ``edge`` and ``besides`` say which roles can change the list without being in
    it, see `matching.engine.outcome.Ranking`.
    """

    volunteer = models.OneToOneField("volunteers.Volunteer", models.CASCADE, primary_key=True, related_name="shortlist")
    run = models.ForeignKey("matching.Run", models.SET_NULL, null=True, related_name="+")
    roles = ArrayField(models.BigIntegerField(), default=list)
    slots = ArrayField(models.BigIntegerField(), default=list)
    scores = ArrayField(RealField(), default=list)
    km = ArrayField(RealField(), default=list, help_text="NaN where there is no way to go")
    signals = ArrayField(models.CharField(max_length=20), default=list)
    weights = ArrayField(RealField(), default=list)
    parts = ArrayField(RealField(), default=list)
    besides = ArrayField(models.BigIntegerField(), default=list, help_text="roles that nearly came into the list")
    edge = models.FloatField(default=-1.0, help_text="base score under which no role can change the list")
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("候補の一覧")
        verbose_name_plural = _("候補の一覧")
        constraints = [
            models.CheckConstraint(
                condition=Q(slots__len=F("roles__len"), scores__len=F("roles__len"), km__len=F("roles__len")),
                name="shortlist_arrays_are_as_long",
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {len(self.roles)}"
