"""The switch for readings, as the page shows it."""

from __future__ import annotations

from typing import Any

from django import template

from web.furigana import switch

register = template.Library()


@register.simple_tag(takes_context=True)
def furigana(context: dict[str, Any]) -> str:
    """Return "on" or "off", or nothing where the page cannot have readings."""
    request = context.get("request")
    if request is None or not switch.is_offered():
        return ""
    return "on" if switch.is_on(request) else "off"
