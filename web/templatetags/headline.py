"""Titles as headings: a line ends at a space of the title, or where one breathes, before it ends anywhere else."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# Between characters of Japanese, where a space parts phrases. In English it parts words, which every browser knows.
_SPACE = re.compile(r"(?<=[\u3000-\uffef]) (?=[\u3000-\uffef])")
# Behind a comma, and before a bracket that holds no reading, as 「花(はな)」 has.
_BREATH = re.compile(r"(?<=、)(?=.)|(?<=[\u3000-\uffef])(?=[「『]|[(（](?![ぁ-ゖー]+[)）]))")
_MAY_END = SafeString("<wbr>")
# As many characters as one line of the largest heading holds on a phone.
ONE_LINE = 12


@register.filter
def headline(title: str) -> SafeString | str:
    """Each phrase by itself: a browser takes 「教室 の」 for one, and would tear のこぎり apart."""
    phrases = [_breathing(phrase) for phrase in _SPACE.split(title)]
    return phrases[0] if len(phrases) == 1 else format_html_join(" ", '<span class="whole">{}</span>', zip(phrases))


def _breathing(phrase: str) -> SafeString | str:
    """A line may end between the parts and in no short one; read aloud and in the name of a link they are one."""
    parts = _BREATH.split(phrase)
    return phrase if len(parts) == 1 else format_html_join(_MAY_END, "{}", zip(map(_unbroken, parts)))


def _unbroken(part: str) -> SafeString | str:
    return part if len(part) > ONE_LINE else format_html('<span class="unbroken">{}</span>', part)
