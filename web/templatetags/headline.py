"""Titles as headings: a line ends at a space of the title before it ends anywhere else."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# Between characters of Japanese, where a space parts phrases. In English it parts words, which every browser knows.
_SPACE = re.compile(r"(?<=[\u3000-\uffef]) (?=[\u3000-\uffef])")


@register.filter
def headline(title: str) -> SafeString | str:
    """Each phrase by itself: a browser takes 「教室 の」 for one, and would tear のこぎり apart."""
    phrases = _SPACE.split(title)
    return title if len(phrases) == 1 else format_html_join(" ", '<span class="whole">{}</span>', zip(phrases))
