"""A process of its own that drains the outbox until something kills it: ``python -m … NOW [early]``."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys

import django


def die(*_arguments: object) -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True


if __name__ == "__main__":
    django.setup()
    from notifications.services import outbox

    kinds = {"digest": die, "cancelled": die} if "early" in sys.argv else {}
    print(outbox.deliver_due(now=dt.datetime.fromisoformat(sys.argv[1]), still_right=kinds))
