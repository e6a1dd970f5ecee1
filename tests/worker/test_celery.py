"""The broker's address in kombu's words, and the promises about how tasks are handed over."""

from __future__ import annotations

import pytest

from worker.celery import HARD_LIMIT_S, app, broker_url


@pytest.mark.parametrize(
    ("redis_url", "said"),
    [
        ("redis://valkey:6379/2", "redis://valkey:6379/2"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
    ],
)
def test_addresses(redis_url: str, said: str) -> None:
    assert broker_url(redis_url) == said


def test_tasks_survive_their_worker_and_leave_nothing_behind() -> None:
    conf = app.conf
    assert conf.task_acks_late
    assert conf.worker_prefetch_multiplier == 1
    assert list(conf.accept_content) == ["json"]
    assert conf.task_ignore_result
    assert conf.task_soft_time_limit < conf.task_time_limit == HARD_LIMIT_S
    assert conf.broker_transport_options["visibility_timeout"] > HARD_LIMIT_S
