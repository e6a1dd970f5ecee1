"""A number of things with the word that counts them: 「12脚」 in Japanese, "12" or "12 boxes" in English."""

from __future__ import annotations

from django.utils.translation import ngettext_lazy

from accounts.models.user import Language

# The counters that are a word of their own elsewhere too; the others only say what kind of thing is counted.
_WORDS = {
    "箱": ngettext_lazy("%(number)d箱", "%(number)d箱", "number"),
    "袋": ngettext_lazy("%(number)d袋", "%(number)d袋", "number"),
    "組": ngettext_lazy("%(number)d組", "%(number)d組", "number"),
    "セット": ngettext_lazy("%(number)dセット", "%(number)dセット", "number"),
    "冊": ngettext_lazy("%(number)d冊", "%(number)d冊", "number"),
    "束": ngettext_lazy("%(number)d束", "%(number)d束", "number"),
    "缶": ngettext_lazy("%(number)d缶", "%(number)d缶", "number"),
    "足": ngettext_lazy("%(number)d足", "%(number)d足", "number"),
    "人分": ngettext_lazy("%(number)d人分", "%(number)d人分", "number"),
}


def counted(number: int, unit: str) -> str:
    """Return *number* with *unit* as the language of the page says it.

    A unit in Latin letters (「kg」) stands in every language; a counter that has no word there is left out.
    """
    if Language.of_page() == Language.JA:
        return f"{number}{unit}"
    if unit in _WORDS:
        return _WORDS[unit] % {"number": number}
    return f"{number} {unit}" if unit and unit.isascii() else str(number)
