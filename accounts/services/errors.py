"""What every use case raises when it says no."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule of the domain was not met.

    Attributes
    ----------
    code : a short name for programs, stable.
    message : a sentence for people, in the language of the page.
    """

    code = "not_possible"
    message: str | Promise = _("この操作はできませんでした。")

    def __str__(self) -> str:
        return str(self.message)
