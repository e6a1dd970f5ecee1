"""Several things said in a row, in the language that is switched on."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _


def listed(things: Iterable[str]) -> str:
    """Return 「普通自動車免許、救命講習」."""
    return _("、").join(things)


def joined(things: Iterable[str]) -> str:
    """Return 「花が好き・歩いて15分くらい」: one line of what is no list of equals."""
    return _("・").join(things)
