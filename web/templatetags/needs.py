"""What would help with a need, and when, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from organisations.models import Need
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.saying import listed

register = template.Library()


@register.filter
def helps(need: Need) -> str:
    """「人手、場所」"""
    return listed(str(Help(one).label) for one in need.helps)


@register.filter
def rough_times(need: Need) -> str:
    """「土曜の午前、日曜の午前」; empty means that any time will do."""
    return listed(str(when.label) for when in When if when in need.when) or gettext("いつでも")
