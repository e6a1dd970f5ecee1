"""What the page of an uploaded file shows before it is brought in, whoever handed it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.urls import reverse

from organisations.services.bringing_in.columns import Fault
from volunteers.models import Upload

SHOWN_FAULTS = 100


class Faulty(Protocol):
    @property
    def faults(self) -> Sequence[Fault]: ...


def context(upload: Upload, plan: Faulty, *, frame: str, dropping: str) -> dict[str, Any]:
    """Return what ``upload.html`` needs; *frame* is what it extends, *dropping* the name of the page that drops it."""
    return {
        "frame": frame,
        "dropping": reverse(dropping, args=[upload.pk]),
        "upload": upload,
        "plan": plan,
        "faults": plan.faults[:SHOWN_FAULTS],
        "more_faults": len(plan.faults) - SHOWN_FAULTS,
    }
