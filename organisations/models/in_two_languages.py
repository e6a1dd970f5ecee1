"""What is called and told in Japanese, and perhaps in English."""

from __future__ import annotations

from typing import Protocol

from accounts.models.user import said


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
        return said(ja=self.title, en=self.title_en)


class InTwoLanguages(CalledInTwoLanguages):
    """For models with ``title``, ``title_en``, ``summary`` and ``summary_en``."""

    @property
    def description(self: Told) -> str:
        """The summary in the language of the page, Japanese where no other was given."""
        return said(ja=self.summary, en=self.summary_en)
