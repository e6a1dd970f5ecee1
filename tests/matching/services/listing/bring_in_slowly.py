"""A process of its own that brings roles in, one person's list after the other: ``python -m … NOW``."""

from __future__ import annotations

import datetime as dt
import sys

import django

if __name__ == "__main__":
    django.setup()
    from matching.services.listing import role_changes

    role_changes.PEOPLE_AT_ONCE = 1
    print(role_changes.bring_in(now=dt.datetime.fromisoformat(sys.argv[1])))
