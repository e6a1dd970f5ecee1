from __future__ import annotations

import datetime as dt
from typing import Any

import feedparser

from organisations.publicity import atom
from organisations.publicity.published import Published
from tests.factories import NOW
from tests.organisations.publicity.golden import golden
from tests.organisations.publicity.samples import FROM_HOME, WATERING

LATER = NOW + dt.timedelta(hours=1)


def written(*entries: Published) -> bytes:
    return atom.feed(
        entries,
        title="募集",
        address="https://yaritai.example/open-data/roles.atom",
        page="https://yaritai.example/roles/",
        licence="CC BY 4.0",
        changed_at=LATER,
    )


def read(*entries: Published) -> Any:
    found = feedparser.parse(written(*entries))
    assert not found.bozo
    return found


def test_it_says_what_it_said() -> None:
    assert written(WATERING, FROM_HOME) == golden("roles.atom")


def test_a_reader_finds_the_newest_change_first() -> None:
    found = read(WATERING, FROM_HOME)
    assert [entry.link for entry in found.entries] == [FROM_HOME.url, WATERING.url]
    entry = found.entries[1]
    assert (entry.title, entry.id, entry.author) == (WATERING.title, WATERING.url, WATERING.who)
    assert [tag.term for tag in entry.tags] == ["花の世話"]
    assert "&lt;b&gt;&amp; 草取り&lt;/b&gt;" in entry.summary
    assert entry.updated_parsed[:5] == (2027, 3, 1, 1, 0)


def test_the_feed_itself_has_a_date_an_address_and_a_licence() -> None:
    for found in (read(), read(WATERING)):
        assert found.feed.updated_parsed[:5] == (2027, 3, 1, 2, 0)
        assert found.feed.rights == "CC BY 4.0"
        assert {link.rel for link in found.feed.links} == {"alternate", "self"}
