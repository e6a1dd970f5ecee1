"""What parts of a run found is read as it was: to the last bit, and added up where it is counted."""

from __future__ import annotations

import numpy as np
import pytest

from matching import dataset
from matching.dataset import findings
from matching.dataset.listed import Items, in_millionths
from matching.engine.fast import FastEngine
from matching.engine.outcome import Tally
from matching.engine.reasons import Reason
from matching.engine.scoring import USUAL
from matching.models import Finding, Run
from matching.services.listing import lists
from tests.factories import NOW
from tests.matching import rows

pytestmark = pytest.mark.django_db
SIGNALS = len(USUAL.names)


@pytest.fixture
def run() -> Run:
    """One with three parts, the second of which has nobody with a list."""
    for _ in range(3):
        rows.person()
    return Run.objects.create(as_of=NOW, requested_at=NOW)


def items(rng: np.random.Generator, lengths: list[int]) -> Items:
    """Lists of such lengths, with ids far apart."""
    count = sum(lengths)
    volunteer = np.repeat(np.arange(len(lengths)) * 2**33 + 7, lengths)
    role, slot = rng.integers(1, 2**45, (2, count))
    score, km, *parts = (lists.rounded(rng.random(count)) for _ in range(2 + SIGNALS))
    km[: count // 2] = np.nan
    return Items(volunteer, role, slot, score, km, np.column_stack(parts))


def keep(run: Run, found: list[Items]) -> None:
    for number, one in enumerate(found):
        shard = run.shards.create(number=number, first_volunteer=1, last_volunteer=2)
        listed, details = findings.pack_lists(one)
        Finding.objects.create(shard=shard, reports=b"", reserves=b"", lists=listed, details=details)


def test_lists_and_what_is_said_of_them(run: Run) -> None:
    rng = np.random.default_rng(5)
    parts = [items(rng, lengths) for lengths in ([3, 0, 20, 1], [], [0, 0, 2])]
    keep(run, parts)
    back = findings.read_lists(run.pk)
    for name in ("volunteer", "role", "slot"):
        np.testing.assert_array_equal(getattr(back, name), np.concatenate([getattr(one, name) for one in parts]))
    np.testing.assert_array_equal(back.score, np.concatenate([in_millionths(one.score) for one in parts]))
    wanted = np.array([25, -1, 0, 23])
    km, shares = findings.read_details(run.pk, wanted, SIGNALS)
    for got, name in ((km, "km"), (shares, "parts")):
        whole = np.concatenate([getattr(one, name) for one in parts])
        np.testing.assert_array_equal(got[wanted >= 0], whole[wanted[wanted >= 0]])
        assert got.dtype == whole.dtype


def test_a_run_without_findings(run: Run) -> None:
    assert len(findings.read_lists(run.pk).role) == 0
    assert len(findings.read_reports(run.pk).role_ids) == 0
    assert findings.read_details(run.pk, np.array([-1]), SIGNALS)[1].shape == (1, SIGNALS)


def test_reports_of_all_parts_are_added_up(run: Run) -> None:
    role = rows.role(rows.gardening())
    data = dataset.load(now=NOW)
    ranking = lists.rank(FastEngine(data.problem), USUAL)
    rng = np.random.default_rng(6)
    shut_out = rng.integers(0, 2, (3, 1, len(Reason)), dtype=np.int32) * rng.integers(1, 70_000, (3, 1, len(Reason)))
    for number, of_part in enumerate(shut_out.astype(np.int32)):
        tally = Tally(np.array([number], np.int32), of_part, of_part // 2)
        report = findings.pack_reports(data.role_ids, ranking, tally, all_roles=number == 0)
        shard = run.shards.create(number=number, first_volunteer=1, last_volunteer=2)
        Finding.objects.create(shard=shard, reports=report, reserves=b"", lists=b"", details=b"")
    found = findings.read_reports(run.pk)
    assert (found.role_ids.tolist(), found.could_come.tolist(), found.listed.tolist()) == ([role.pk], [3], [0])
    np.testing.assert_array_equal(found.shut_out, shut_out.sum(axis=0))
    np.testing.assert_array_equal(found.only_by, (shut_out // 2).sum(axis=0))


def test_a_role_with_nobody_around_is_left_out_but_of_the_first_part(run: Run) -> None:
    rows.role()
    data = dataset.load(now=NOW)
    ranking = lists.rank(FastEngine(data.problem), USUAL)
    nobody = np.zeros((1, len(Reason)), np.int32)
    tally = Tally(np.zeros(1, np.int32), nobody, nobody)
    said = []
    for is_first in (False, True):
        shard = run.shards.create(number=is_first, first_volunteer=1, last_volunteer=2)
        report = findings.pack_reports(data.role_ids, ranking, tally, all_roles=is_first)
        Finding.objects.create(shard=shard, reports=report, reserves=b"", lists=b"", details=b"")
        said.append(findings.read_reports(run.pk).role_ids.tolist())
    assert said == [[], data.role_ids.tolist()]
