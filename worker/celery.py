"""The Celery application: how work is handed over. What is done when stands in `worker.schedule`."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from celery import Celery
from celery.signals import worker_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
from django.conf import settings

from matching.engine import warm_up
from worker.schedule import SCHEDULE

logger = logging.getLogger(__name__)

SOFT_LIMIT_S, HARD_LIMIT_S = 540, 600


def broker_url(redis_url: str) -> str:
    """Return a Redis address in the words of kombu, which writes sockets as ``redis+socket://``, not ``unix://``."""
    address = urlsplit(redis_url)
    if address.scheme != "unix":
        return redis_url
    number = parse_qs(address.query).get("db", ["0"])[0]
    return f"redis+socket://{address.path}?virtual_host={number}"


app = Celery("yaritai")
app.conf.update(
    broker_url=broker_url(settings.CELERY_BROKER_URL),
    broker_connection_retry_on_startup=True,
    # A message that nobody acknowledged comes again after this long: never while its task still runs.
    broker_transport_options={"visibility_timeout": 2 * HARD_LIMIT_S},
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    result_backend=None,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    task_soft_time_limit=SOFT_LIMIT_S,
    task_time_limit=HARD_LIMIT_S,
    worker_max_tasks_per_child=500,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
    imports=["worker.tasks"],
    # In memory: every task is sent when a worker starts, so nothing needs to be remembered between two lives.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        entry.task: {
            "task": entry.task,
            "schedule": timedelta(seconds=entry.every_s),
            # A message that waited longer than its own interval has been followed by the next.
            "options": {"expires": entry.every_s},
        }
        for entry in SCHEDULE
    },
)


@worker_init.connect
def compile_the_engine(**_: Any) -> None:
    """Once on a machine: before any task, for it takes longer than one may."""
    warm_up.prepare(logger.warning)


@worker_ready.connect
def send_everything_once(**_: Any) -> None:
    """Find what was left when the last worker ended."""
    for entry in SCHEDULE:
        app.send_task(entry.task, expires=max(entry.every_s, HARD_LIMIT_S))
