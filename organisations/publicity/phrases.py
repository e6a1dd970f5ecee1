"""Where a line of Japanese may be broken in print, so that no word is torn apart. Browsers know it by themselves."""

from __future__ import annotations

import re

# Every line has room for so many signs of full width; what is longer may be broken anywhere.
LONGEST = 11
# Behind a space, behind a stop, before what opens, and behind a particle or what closes where no hiragana follows.
_BREAKS = re.compile(
    r"(?<=\s)(?=\S)"
    r"|(?<=[、。!?！？])(?=[^、。!?！？」』）)】\s])"
    r"|(?<=[^\s「『（(【])(?=[「『（(【])"
    r"|(?<=[のはがをにでともへや」』）)】])(?=[^ぁ-んー、。!?！？」』）)】\s])"
)


def phrases(text: str) -> list[str]:
    """Return *text* in pieces; a line may end behind each of them, and together they are *text* again."""
    pieces = _BREAKS.split(text)
    return [part for piece in pieces for part in ([piece] if _width(piece) <= LONGEST else piece)]


def _width(text: str) -> float:
    return sum(0.5 if sign.isascii() else 1 for sign in text)
