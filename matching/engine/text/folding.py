"""One spelling out of many, and the runs of letters in a text."""

from __future__ import annotations

import re
import unicodedata

RUN = re.compile(
    r"(?P<latin>[0-9a-z\u00c0-\u024f\u1e00-\u1eff]+)|(?P<japanese>[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff]+)"
)
"""Letters without a space, a full stop or a change between Latin and Japanese; of folded text."""

# 鶴ヶ峰, 鶴ケ峰 and 鶴が峰 are one place; ケ inside katakana is folded too, on both sides alike.
_KE = str.maketrans(dict.fromkeys("ヶケヵ", "が"))


def fold(text: str) -> str:
    """Bring one spelling out of many: NFKC, lower case, ヶ/ケ/ヵ as が.

    Text that was folded before stays as it is.
    """
    return unicodedata.normalize("NFKC", text).lower().translate(_KE)
