"""The list from which a coordinator telephones: the row, once sent, is a line of that list."""

from __future__ import annotations

from django.utils.translation import gettext as _

from notifications.channel import Undeliverable
from notifications.models import Channel, ContactPoint, Notification


class CallListChannel:
    def send(self, notification: Notification) -> None:
        """Goes on the list where the coordinator has a telephone number or an e-mail address to use."""
        user = [notification.user]
        points = ContactPoint.objects
        if not points.addresses(user, Channel.CALL_LIST) and not points.emails(user):
            raise Undeliverable(_("電話番号もメールアドレスも登録されていません。"))

    def close(self) -> None:
        """Nothing was opened."""
