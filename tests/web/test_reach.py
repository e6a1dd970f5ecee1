from __future__ import annotations

from web.reach import choices


def test_from_near_to_far() -> None:
    steps = [float(km) for km, _name in choices()]
    assert steps == sorted(steps)
    assert len({name for _km, name in choices()}) == len(steps)


def test_what_somebody_has_stays_to_be_chosen() -> None:
    named = dict(choices(current=2.0))
    assert "2.0" in named
    assert len(named) == len(choices())
