"""What the three sides hear when the service has found something: why it suits, and that nothing is settled yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from matching.services.proposing.offer_reasons import offer_reasons
from notifications.message import Message
from notifications.services import outbox
from notifications.services.letters import Check
from organisations.models import Cooperation
from organisations.models.cooperation import Side
from organisations.services.cooperations import letters as cooperation_letters

FOUND = "cooperation_found"
STILL_RIGHT: Mapping[str, Check] = {FOUND: cooperation_letters.STILL_RIGHT["cooperation_proposed"]}

_TITLES: dict[Side, Promise] = {
    Side.OFFER: gettext_lazy("「%(offer)s」が役に立ちそうです:%(want)s"),
    Side.HOST: gettext_lazy("「%(want)s」に、こんな提供があります:%(offer)s"),
    Side.DESK: gettext_lazy("つながりそうです:「%(offer)s」と「%(want)s」"),
}
_BEGINNINGS: dict[Side, Promise] = {
    Side.OFFER: gettext_lazy("いつもありがとうございます。「%(offer)s」が役に立ちそうなことが見つかりました。"),
    Side.HOST: gettext_lazy("「%(want)s」に役立ちそうな提供が見つかりました。"),
    Side.DESK: gettext_lazy("提供とニーズの、合いそうな組み合わせが見つかりました。間に入っていただけますか。"),
}


def tell(row: Cooperation, now: dt.datetime) -> int:
    """Write to each side once, however often this is called; say how many letters are new."""
    letters = [
        outbox.Letter(
            user,
            _message(user, row, side),
            f"{FOUND}:{row.pk}:{side.value}:{user.pk}",
            about={"cooperation": row.pk, "side": side.value, "about": side.value},
        )
        for side in Side
        for user in cooperation_letters.people_of(row, side)
    ]
    return outbox.notify_many(letters=letters, now=now)


def _message(user: User, row: Cooperation, side: Side) -> Message:
    room = "console" if side == Side.DESK else "organisation"
    with override(user.language):
        want = row.need or row.role
        names = {"offer": row.offer.label, "want": want.label if want else row.purpose}
        parts = [
            str(_BEGINNINGS[side]) % names,
            _("■ %(offer)s(%(giver)s)\n■ %(want)s(%(host)s)\n%(when)s")
            % (names | _who(row) | {"when": cooperation_letters.when(row)}),
            "\n".join(_("・%(reason)s") % {"reason": reason} for reason in offer_reasons(row, side)),
            _("まだ何も決まっていません。3者がよいと言ったら、決まります。断っても大丈夫です。"),
        ]
        title = str(_TITLES[side]) % names
        return Message(FOUND, title, "\n\n".join(parts), f"{settings.SITE_URL}/{room}/cooperations/{row.pk}/")


def _who(row: Cooperation) -> dict[str, str]:
    return {"giver": row.offer.organisation.name, "host": row.host.name}
