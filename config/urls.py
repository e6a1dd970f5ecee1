"""Where every address leads; each audience keeps its own list."""

from __future__ import annotations

urlpatterns: list[object] = []
