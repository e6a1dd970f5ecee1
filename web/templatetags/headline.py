"""Titles as headings: a line ends at a space of the title, or behind its comma, before it ends anywhere else."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# Between characters of Japanese, where a space parts phrases, or behind a comma. In English a space parts words, which
# every browser knows.
_END = re.compile(r"((?<=[\u3000-\uffef]) (?=[\u3000-\uffef])|(?<=、)(?=.))")


@register.filter
def headline(title: str) -> SafeString | str:
    """Each phrase by itself: a browser takes 「教室 の」 for one, and would tear のこぎり and 色えんぴつ apart."""
    phrases = _END.split(title)
    if len(phrases) == 1:
        return title
    ends = [*phrases[1::2], ""]
    return format_html_join("", '<span class="whole">{}</span>{}', zip(phrases[::2], ends, strict=True))
