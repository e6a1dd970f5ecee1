"""News for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from accounts.models.user import Language
from organisations.publicity.published import Published
from organisations.publicity.telling import chat


class _Feed(Atom1Feed):
    """Django takes the newest entry for the feed's own date, and the hour of the clock for an empty one."""

    def latest_post_date(self) -> dt.datetime:
        found: dt.datetime = self.feed["changed_at"]
        return found


def feed(
    entries: Iterable[Published],
    *,
    title: str,
    address: str,
    page: str,
    licence: str,
    changed_at: dt.datetime,
) -> bytes:
    """Return the file, the newest change first; *address* is its own, *page* that of people.

    An entry's id is the address of its page, so that a reader keeps one of it however often it changes.
    """
    made = _Feed(
        title=title,
        link=page,
        description=None,
        language=Language.of_page(),
        feed_url=address,
        feed_copyright=licence,
        changed_at=changed_at,
    )
    for one in sorted(entries, key=lambda one: (one.changed_at, one.ref), reverse=True):
        made.add_item(
            title=one.title,
            link=one.url,
            # Readers take it for HTML.
            description=linebreaks(chat(one), autoescape=True),
            unique_id=one.url,
            pubdate=one.published_at or one.changed_at,
            updateddate=one.changed_at,
            author_name=one.who,
            categories=one.activities,
        )
    return str(made.writeString("utf-8")).encode()
