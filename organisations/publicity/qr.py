"""Square codes that a telephone's camera reads."""

from __future__ import annotations

import segno

# A seventh may be torn or wet.
ERROR_LEVEL = "m"


def svg(address: str) -> str:
    """Return the code of *address* as SVG for a page: as wide as its place, on white also where the page is dark."""
    return segno.make(address, error=ERROR_LEVEL, micro=False).svg_inline(
        omitsize=True, border=4, light="white", svgclass="qr", lineclass=None
    )
