"""What a run noted, by what people call it."""

from __future__ import annotations

from django import template

from matching.services.explaining import trace

register = template.Library()


@register.filter
def called(name: str) -> str:
    return trace.called(name)
