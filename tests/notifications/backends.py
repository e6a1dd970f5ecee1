"""Mail servers with a mind of their own, for ``EMAIL_BACKEND``."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.core.mail.backends.base import BaseEmailBackend

from notifications.eml import EmlFolderBackend


class Meanwhile(locmem.EmailBackend):
    """Takes each message, and lets something happen before it answers."""

    happens: ClassVar[Callable[[], object] | None] = None

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        taken = super().send_messages(messages)
        happens, Meanwhile.happens = Meanwhile.happens, None
        if happens is not None:
            happens()
        return taken


class Refuses(BaseEmailBackend):
    """Raises ``when_sending`` or ``when_opening``."""

    when_opening: ClassVar[Exception | None] = None
    when_sending: ClassVar[Exception | None] = None

    def open(self) -> bool:
        if Refuses.when_opening is not None:
            raise Refuses.when_opening
        return True

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if Refuses.when_sending is not None:
            raise Refuses.when_sending
        return len(messages)


class Counts(locmem.EmailBackend):
    """How often a connection was opened."""

    opened: ClassVar[int] = 0

    def open(self) -> bool:
        Counts.opened += 1
        return True


class DiesBeforeSending(BaseEmailBackend):
    """The power goes when the message is on its way out of the door."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return len(messages)


class DiesAfterSending(EmlFolderBackend):
    """The power goes when the server has the message, and nobody has written that down."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        super().send_messages(messages)
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


class DiesAtSome(EmlFolderBackend):
    """Sends as many as ``MAIL_LIFE`` says; then dies with the next one half sent, or just sent."""

    sent: ClassVar[int] = 0

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        DiesAtSome.sent += 1
        life = int(os.environ["MAIL_LIFE"])
        if DiesAtSome.sent > abs(life):
            if life > 0:
                super().send_messages(messages)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().send_messages(messages)
