"""Mail for a machine without a mail server: every message becomes a file that any mail program opens."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from email.generator import BytesGenerator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlFolderBackend(BaseEmailBackend):
    """Writes one .eml file for each message into ``EMAIL_FILE_PATH``; by name, the oldest comes first."""

    def __init__(self, file_path: str | Path | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        written = [self._write(message) for message in email_messages if message.recipients()]
        return len(written)

    def _write(self, message: EmailMessage) -> Path:
        # The time here is only part of a name: nothing is decided by it.
        path = self.folder / f"{time.time_ns():020d}-{uuid.uuid4().hex[:12]}.eml"
        unfinished = path.with_suffix(".part")
        with unfinished.open("xb") as file:
            BytesGenerator(file, mangle_from_=False).flatten(message.message(), linesep="\r\n")
        # Whoever looks into the folder meanwhile finds a whole message or none.
        return unfinished.rename(path)
