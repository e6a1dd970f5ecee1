"""The page of the person: a message is there as soon as its row says that it was sent."""

from __future__ import annotations

from notifications.models import Notification


class InboxChannel:
    def send(self, notification: Notification) -> None:
        """The row itself is the letter."""

    def close(self) -> None:
        """Nothing was opened."""
