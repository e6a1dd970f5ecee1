"""Every task is in the table, and every message that was not needed vanishes."""

from __future__ import annotations

from worker import tasks
from worker.celery import app
from worker.schedule import SCHEDULE


def test_the_table_is_what_beat_follows() -> None:
    assert {entry.task for entry in SCHEDULE} == {name for name in app.tasks if name.startswith(tasks.__name__)}
    assert set(app.conf.beat_schedule) == {entry.task for entry in SCHEDULE}


def test_a_message_that_waited_as_long_as_its_interval_is_not_needed() -> None:
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] == entry["schedule"].total_seconds()
