"""Reading what is kept about somebody leaves a line in the audit trail: the one thing that a GET writes."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from accounts.services import audit
from web.signed_in import person


def note(request: HttpRequest, whom: Model, *, through: str) -> None:
    """Write one line for each time that a person opens the page; asking for its headers alone shows nothing."""
    if request.method == "GET":
        audit.looked_at(actor=person(request), target=whom, now=timezone.now(), through=through)
