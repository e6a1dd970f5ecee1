"""The benchmark of the allocation runs, says what it promises to say, and names what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.allocation import lists, methods, people, roles
from benchmarks.allocation.__main__ import main
from benchmarks.allocation.measures import Market, measure, violations

MEASURES = {
    "utility_kept", "p5_kept", "first_kept", "covered_5", "useful", "signups_ge1", "gini", "violations"
}  # fmt: skip
HEADER = "title,description,lat,lng,need\n"
FLOWERS = "花壇の手入れ,公園の花や緑を育てます,35.4747,139.5458,3\n"
ONLINE = "チラシづくり,ウェブサイトやチラシのデザイン,,,1\n"


def _said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return dict(json.loads(capsys.readouterr().out.splitlines()[-1]))


def test_all_ways_are_measured_and_ours_leaves_no_need_behind(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--volunteers", "1500", "--roles", "120", "--seed", "3"])

    said = _said(capsys)
    assert (said["volunteers"], said["roles"], said["shown"], said["seed"]) == (1500, 120, 5, 3)
    for name in ("topk", "smartsort", "fairrec", "ours"):
        assert set(said[name]) >= MEASURES
        assert said[name]["violations"] == 0
    assert said["topk"]["utility_kept"] == said["topk"]["useful"] == said["topk"]["first_kept"] == 1
    assert said["ours"]["covered_5"] == 1 > said["topk"]["covered_5"]
    assert said["ours"]["utility_kept"] > max(said["smartsort"]["utility_kept"], said["fairrec"]["utility_kept"])
    assert said["ours"]["useful"] > 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_roles_come_out_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str) -> None:
    path = tmp_path / "roles.csv"
    path.write_text(HEADER + FLOWERS + ONLINE, encoding=encoding)

    main(["--volunteers", "300", "--roles-file", str(path), "--shown", "1"])

    said = _said(capsys)
    assert (said["roles"], said["shown"]) == (2, 1)
    assert said["ours"]["violations"] == 0


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "row 1: no column title"),
        ("title,lat\n", "row 1: no column description, lng, need"),
        (HEADER, "row 2: no role at all"),
        (HEADER + FLOWERS + "\n,空,35.4,139.5,1\n", "row 4: title is empty"),
        (HEADER + FLOWERS + "花,花,35.4,x,1\n", "row 3: lng 'x' is not a number"),
        (HEADER + "花,花,95,139.5,1\n", "row 2: lat '95' is not between -90 and 90"),
        (HEADER + "花,花,35.4,139.5,0\n", "row 2: need '0' is not between 1"),
        (HEADER + "花,花,35.4,139.5,1.5\n", "row 2: need '1.5' is not a whole number"),
        (HEADER + "花,花,35.4\n", "row 2: lng is missing"),
    ],
)
def test_what_is_wrong_with_a_file_is_named_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, what: str
) -> None:
    path = tmp_path / "roles.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SystemExit) as ended:
        main(["--roles-file", str(path)])

    assert ended.value.code == 2
    assert what in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_ends_the_same_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--roles-file", str(tmp_path / name)])

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(str(tmp_path))


def _market() -> Market:
    rng = np.random.default_rng(5)
    city = people.invent(400, roles.invent(40, rng), rng)
    pairs = people.pairs(city, rng)
    may_ask = np.full(40, 400)
    return Market(city, pairs, lists.candidates(pairs, 400, 40), city.roles.need, may_ask, shown=3, floor=5)


def test_violations_are_really_looked_for() -> None:
    market = _market()
    plain = methods.topk(market.candidates, 3)
    who = int(np.argmax(np.diff(market.candidates.start) >= 3))
    other = int(np.flatnonzero(market.candidates.volunteer() != who)[0])
    twice, strange = plain.copy(), plain.copy()
    twice[who, 1], strange[who, 1] = twice[who, 0], other

    assert violations(market, plain) == 0
    assert violations(market, twice) == 1
    assert violations(market, strange) >= 1
    city = market.city
    assert city.fits(market.pairs.volunteer, market.pairs.role).all()
    km = np.hypot(*(city.people.at[0] - city.roles.at).T)
    far = np.flatnonzero(km > city.people.limit_km[0])
    assert not city.fits(np.zeros(len(far), dtype=np.int64), far).any()


def test_measured_against_itself_everything_is_kept() -> None:
    market = _market()
    plain = methods.topk(market.candidates, 3)

    said = measure(market, plain, plain)

    assert {said[name] for name in ("utility_kept", "p5_kept", "first_kept", "first_score", "useful")} == {1.0}
