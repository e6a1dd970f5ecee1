"""E-mail: plain text, one tap to stop it, and the same Message-ID however often it is sent."""

from __future__ import annotations

import base64
import logging
import smtplib
from collections.abc import Callable
from email.header import Header
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import BadHeaderError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.channel import TryLater, Undeliverable, Unsure
from notifications.message import NEEDS_CONSENT
from notifications.models import ContactPoint, Notification

logger = logging.getLogger(__name__)

PERMANENT = 500  # SMTP answers from here on will be the same next time
NOOP_OK = 250


class _Mail(EmailMessage):
    def message(self, **options: Any) -> Any:
        """With room for the word "Subject:": else Django begins a long Japanese one with an empty line."""
        message, subject = super().message(**options), str(self.subject)
        if not subject.isascii():
            message.replace_header("Subject", Header(subject, "utf-8", header_name="Subject").encode())
        return message


class EmailChannel:
    """Sends over one connection, which it opens with the first message and keeps until `close`."""

    def __init__(self, unsubscribe_url: Callable[[Notification], str]) -> None:
        self._unsubscribe_url = unsubscribe_url
        self._connection: BaseEmailBackend | None = None

    def send(self, notification: Notification) -> None:
        message = self._written(notification)
        message.connection = self._connected()
        try:
            message.send()
        except BadHeaderError as refused:
            raise Undeliverable(_("件名に使えない文字があります。")) from refused
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _answered(code, words) from refused
        except smtplib.SMTPResponseException as refused:
            raise _answered(refused.smtp_code, refused.smtp_error) from refused
        except OSError as broken:  # in the middle: also smtplib's own "server disconnected"
            self.close()
            raise Unsure(_("送っている途中で接続が切れました。%(said)s") % {"said": broken}) from broken

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> BaseEmailBackend:
        """A connection that stands before anything is handed over: what fails here surely was not sent."""
        if self._connection is not None and not _is_alive(self._connection):
            self.close()
        if self._connection is None:
            self._connection = _open()
        return self._connection

    def _written(self, notification: Notification) -> EmailMessage:
        """A mistake of ours, such as a broken template, is put right some day: nothing was sent yet."""
        try:
            return self._write(notification)
        except Undeliverable:
            raise
        except Exception as broken:
            logger.exception("notification %s: cannot be written", notification.pk)
            raise TryLater(f"{type(broken).__name__}: {broken}") from broken

    def _write(self, notification: Notification) -> EmailMessage:
        user = notification.user
        address = ContactPoint.objects.emails([user]).get(user.pk)
        if address is None:
            raise Undeliverable(_("メールアドレスが登録されていません。"))
        stop = self._unsubscribe_url(notification) if notification.kind in NEEDS_CONSENT else ""
        message = _Mail(
            subject=" ".join(notification.title.split()),
            body=_body(notification, stop),
            to=[address],
            headers=_headers(notification, stop),
        )
        for file in notification.attachments:
            message.attach(file["name"], base64.b64decode(file["content"]), file["media_type"])
        return message


def _open() -> BaseEmailBackend:
    connection = get_connection()
    try:
        connection.open()
        if smtp := _smtp(connection):
            smtp.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError as refused:
        raise TryLater(_("メールサーバーに入れません。設定の名前とパスワードを確かめてください。")) from refused
    except OSError as refused:
        raise TryLater(_("メールサーバーにつながりません。%(said)s") % {"said": refused}) from refused
    return connection


def _is_alive(connection: BaseEmailBackend) -> bool:
    """Servers hang up after some messages; noticed in time, nobody has to wonder what was sent."""
    smtp = _smtp(connection)
    try:
        return smtp is None or smtp.noop()[0] == NOOP_OK
    except OSError:
        return False


def _smtp(connection: BaseEmailBackend) -> smtplib.SMTP | None:
    """What the backend talks through, where it talks to a server at all."""
    return connection.connection if isinstance(connection, EmailBackend) else None


def _headers(notification: Notification, stop: str) -> dict[str, str]:
    headers = {
        "Message-ID": f"<{notification.pk}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",  # nobody's holiday reply comes back
        "Content-Language": notification.user.language,
    }
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _body(notification: Notification, stop: str) -> str:
    actions = [{"label": action["label"], "url": _absolute(action["url"])} for action in notification.actions]
    letter = {
        "body": notification.body.strip(),
        "actions": actions,
        "url": _absolute(notification.url),
        "stop": stop,
        "site": settings.SITE_URL,
        "service": settings.SERVICE_NAME,
    }
    with translation.override(notification.user.language):
        return render_to_string("notifications/email.txt", letter)


def _absolute(url: str) -> str:
    return urljoin(f"{settings.SITE_URL}/", url) if url else ""


def _answered(code: int, words: bytes | str) -> TryLater | Undeliverable:
    """The server said no, so it surely was not sent."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    kind = Undeliverable if code >= PERMANENT else TryLater
    return kind(f"{code} {said}")
