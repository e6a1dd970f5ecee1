"""Numbers that can be dialled by a tap, however they were written."""

from __future__ import annotations

import re
import unicodedata

from django import template

register = template.Library()

_NUMBER = re.compile(r"\+?\d[\d\s().ー‐-―−-]*")


@register.filter
def tel(written: str) -> str:
    """「０４５－１２３－４５６７ (夜だけ)」 is dialled as 「0451234567」."""
    found = _NUMBER.findall(unicodedata.normalize("NFKC", written))
    return re.sub(r"[^\d+]", "", max(found, key=len, default=""))
