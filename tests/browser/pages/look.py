from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.kept import Kept


@dataclass(frozen=True)
class Look:
    """One page to look at: who sees it, a kind of the ward's sign-ins or "" for nobody, and its address."""

    who: str
    path: str | Callable[[Kept], str]
    is_dark: bool = False

    def address(self, kept: Kept) -> str:
        return self.path if isinstance(self.path, str) else self.path(kept)
