"""The engine's threads: each stretch once, errors are not lost, and a forked process has threads of its own."""

from __future__ import annotations

import multiprocessing

import pytest

from matching.engine.hands import in_chunks

SOON = 20


def _stretches(count: int, **limits: int) -> list[tuple[int, int]]:
    done: list[tuple[int, int]] = []
    in_chunks(lambda first, last: done.append((first, last)), count, **limits)
    return sorted(done)


@pytest.mark.parametrize("count", [0, 1, 7, 1_000])
def test_each_stretch_is_done_once(count: int) -> None:
    assert [at for first, last in _stretches(count) for at in range(first, last)] == list(range(count))


def test_stretches_are_as_long_as_they_are_asked_to_be() -> None:
    assert all(last - first >= 300 for first, last in _stretches(1_000, at_least=300))
    assert all(last - first <= 3 for first, last in _stretches(1_000, at_most=3))


def test_what_goes_wrong_in_one_stretch_is_said() -> None:
    def work(first: int, _last: int) -> None:
        if first == 0:
            raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        in_chunks(work, 100)


def test_a_process_that_was_forked_does_not_wait_for_the_threads_it_was_forked_from() -> None:
    assert len(_stretches(100)) > 1
    forked = multiprocessing.get_context("fork").Process(target=_stretches, args=(100,), daemon=True)
    forked.start()
    forked.join(SOON)
    assert forked.exitcode == 0
