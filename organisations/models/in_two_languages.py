"""What is called and told in Japanese, and perhaps in English."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language


class Called(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def title_en(self) -> str: ...


class Told(Protocol):
    @property
    def summary(self) -> str: ...
    @property
    def summary_en(self) -> str: ...


class CalledInTwoLanguages:
    """For what has ``title`` and ``title_en``."""

    @property
    def label(self: Called) -> str:
        """The title in the language of the page, Japanese where no other was given."""
        return (self.title_en or self.title) if get_language() == "en" else self.title


class InTwoLanguages(CalledInTwoLanguages):
    """For models with ``title``, ``title_en``, ``summary`` and ``summary_en``."""

    @property
    def description(self: Told) -> str:
        """The summary in the language of the page, Japanese where no other was given."""
        return (self.summary_en or self.summary) if get_language() == "en" else self.summary
