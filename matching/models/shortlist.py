"""What was computed for each person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from matching.models.reals import RealsField

REAL_BYTES = 4


class RealField(models.FloatField):  # type: ignore[type-arg]
    """A number of 4 bytes, which is what the engine computes in."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002  a name that Django gives
        return "real"


def are_as_long() -> Q:
    """Say that a list has a slot, a score and a distance for each role."""
    bytes_ = REAL_BYTES * F("roles__len")
    return Q(slots__len=F("roles__len")) & Q(Exact(Length("scores"), bytes_)) & Q(Exact(Length("km"), bytes_))


class Shortlist(models.Model):
    """The best roles for one volunteer, best first; all arrays have the same length.

    ``parts`` holds the weighted scores of the signals, one after the other, in the order of ``signals``; ``weights``
    what each signal was weighted with. ``edge`` and ``besides`` say which roles can change the list without being in
    it, see `matching.engine.outcome.Ranking`.
    """

    volunteer = models.OneToOneField("volunteers.Volunteer", models.CASCADE, primary_key=True, related_name="shortlist")
    # A list outlives its run and says when it is of: that run is worth no index, and no look at its row for each list.
    run = models.ForeignKey(
        "matching.Run", models.SET_NULL, null=True, related_name="+", db_index=False, db_constraint=False
    )
    roles = ArrayField(models.BigIntegerField(), default=list)
    slots = ArrayField(models.BigIntegerField(), default=list)
    scores = RealsField(default=list)
    km = RealsField(default=list, help_text="NaN where there is no way to go")
    signals = ArrayField(models.CharField(max_length=20), default=list)
    weights = ArrayField(RealField(), default=list)
    parts = RealsField(default=list)
    besides = ArrayField(models.BigIntegerField(), default=list, help_text="roles that nearly came into the list")
    edge = models.FloatField(default=-1.0, help_text="base score under which no role can change the list")
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("候補の一覧")
        verbose_name_plural = _("候補の一覧")
        constraints = [
            models.CheckConstraint(
                condition=are_as_long(),
                name="shortlist_arrays_are_as_long",
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {len(self.roles)}"
