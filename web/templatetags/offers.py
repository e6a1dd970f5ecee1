"""How many there are of what is offered."""

from __future__ import annotations

from django import template

from organisations.services.offers import counting

register = template.Library()


@register.filter
def counted(number: int, unit: str) -> str:
    """「12脚」"""
    return counting.counted(number, unit)
