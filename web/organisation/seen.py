"""Which state of a row a form showed, so that nobody writes over what somebody else wrote meanwhile."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest


def seen_at(request: HttpRequest) -> dt.datetime:
    """Return when the row that the form showed was changed; what cannot be read is older than everything."""
    try:
        seen = dt.datetime.fromisoformat(request.POST.get("seen_at", ""))
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    return seen if seen.tzinfo is not None else seen.replace(tzinfo=dt.UTC)
