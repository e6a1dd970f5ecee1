"""What every way to reach a person can do, and how it says that it could not."""

from __future__ import annotations

from typing import Protocol

from notifications.models import Notification


class Undeliverable(Exception):
    """It will never arrive this way; trying again is no use."""


class TryLater(Exception):
    """It surely was not sent; it may work in a while."""


class Unsure(Exception):
    """Nobody can know whether it was sent: the connection broke in the middle."""


class Channel(Protocol):
    def send(self, notification: Notification) -> None:
        """Hand the message over.

        Raises
        ------
        Undeliverable, TryLater, Unsure
        """

    def close(self) -> None:
        """Let go of whatever was opened for sending."""
