"""A few words for a chat group (LINE) and for the circular that goes from house to house (回覧板)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.publicity.published import Kind, Published, State

LONGEST_CHAT, LONGEST_CIRCULAR = 600, 120
TIMES_IN_CHAT = 3
LONGEST_FACT, LONGEST_WHO = 80, 40
ELLIPSIS = "…"


def chat(published: Published) -> str:
    """Return at most 600 characters: what it is, its facts line by line, and the address of its page."""
    head, lines = headline(published), [*_lines(published), _("くわしく: %(url)s") % {"url": published.url}]
    room = LONGEST_CHAT - len("\n\n".join([head, "", "\n".join(lines)]))
    head, what = shortened(head, len(head) + min(0, room)), shortened(" ".join(published.what.split()), room)
    return "\n\n".join(part for part in (head, what, "\n".join(lines)) if part)


def circular(published: Published) -> str:
    """Return at most 120 characters, to be read on paper: no address of a page, but a telephone number.

    What matters least goes first where there is no room: who asks, then the place, then the end of the title.
    """
    title, when, reach = published.title, times(published, at_most=1), _reach(published)
    at = published.place.name if published.place and published.place.name else place(published)
    for kept in ((title, when, at, reach), (title, when, at, published.phone), (title, when, published.phone)):
        text = _sentences(kept)
        if len(text) <= LONGEST_CIRCULAR:
            return text
    rest = _sentences((when, published.phone))
    return _sentences((shortened(title, LONGEST_CIRCULAR - len(rest) - 1), rest))[:LONGEST_CIRCULAR]


def times(published: Published, *, at_most: int, between: str | None = None) -> str:
    """Return the first times in words, and how many more there are, with 「、」 or *between* between them."""
    if not published.times:
        return published.when
    said = [time.words for time in published.times[:at_most]]
    more = len(published.times) - len(said)
    if more > 0:
        said.append(ngettext("ほか%(more)d回", "ほか%(more)d回", more) % {"more": more})
    return (_("、") if between is None else between).join(said)


def shortened(text: str, at_most: int) -> str:
    """Return *text* with an ellipsis where it is longer than *at_most* characters."""
    if len(text) <= at_most:
        return text
    return text[: at_most - 1].rstrip() + ELLIPSIS if at_most > 0 else ""


def headline(published: Published) -> str:
    """Return the title with what it is before it."""
    return _("【%(head)s】%(title)s") % {"head": headline_of(published.kind), "title": published.title}


def headline_of(kind: Kind) -> str:
    """Return what stands above the title, said to whoever reads it."""
    heads = {
        Kind.ROLE: _("いっしょにやりませんか"),
        Kind.NEED: _("力になってくれる方をさがしています"),
        Kind.OFFER: _("使ってください"),
    }
    return heads[kind]


def facts(published: Published, *, at_most_times: int, between: str | None = None) -> list[tuple[str, str]]:
    """Return what there is to know, each with its name; what nobody has said is left out."""
    # Translators: a date as a Django date format.
    until = date_format(published.until, _("Y年n月j日")) if published.until else ""
    found = (
        (_("いつ"), times(published, at_most=at_most_times, between=between)),
        (_("どこ"), shortened(place(published), LONGEST_FACT)),
        (_("費用"), shortened(published.cost, LONGEST_FACT)),
        (_("持ち物"), shortened(published.bring, LONGEST_FACT)),
        (_("いつまで"), until),
        (_("問い合わせ"), _reach(published)),
    )
    return [(name, said) for name, said in found if said]


def place(published: Published) -> str:
    """Return where it is, or that one takes part from home."""
    if published.place is not None:
        return published.place.words
    return _("家から参加") if published.is_online else ""


def _lines(published: Published) -> Iterable[str]:
    for name, said in facts(published, at_most_times=TIMES_IN_CHAT):
        yield _("%(name)s: %(said)s") % {"name": name, "said": said}
    if published.state == State.FULL:
        yield _("いまは満員です。空きが出ると、また参加できます。")


def _reach(published: Published) -> str:
    return f"{shortened(published.who, LONGEST_WHO)} {published.phone}".strip()


def _sentences(parts: Iterable[str]) -> str:
    return _("。").join(part for part in parts if part)
