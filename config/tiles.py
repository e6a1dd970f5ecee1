"""Where the pictures of a map may come from."""

from __future__ import annotations

from urllib.parse import urlsplit


def hosts(template: str) -> list[str]:
    """Return what a content policy must allow for *template*: nothing for none or for our own, else one host.

    ``{s}``, which Leaflet fills with a letter, becomes any name below the host.

    Raises
    ------
    ValueError
        When it is neither a path nor an address that begins with https:// or http://.
    """
    if not template or (template.startswith("/") and not template.startswith("//")):
        return []
    scheme, host = urlsplit(template.replace("{s}", "*"))[:2]
    if scheme not in ("https", "http") or not host:
        raise ValueError(f"MAP_TILES is no address of tiles: {template}")
    return [f"{scheme}://{host}"]
