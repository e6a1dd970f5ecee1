"""The words of a digest, for a screen and for a coordinator's telephone, and of a wish to be called."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.models.user import Language
from matching import explanations
from matching.explanations import Shown
from matching.models import Answer, Suggestion
from notifications.message import DIGEST, STAND_IN, Action, Message
from organisations.services import saying

CALL_WANTED = "call_wanted"
PAGE = "/my/suggestions/"


def digest(*, user: User, shown: Sequence[Shown], links: dict[str, str]) -> Message:
    """Write the message for somebody who reads it on a screen.

    Parameters
    ----------
    shown : the pick first, in the language of *user*.
    links : answer → address, for the pick; the others are answered on the page.
    """
    pick, more = shown[0], shown[1:]
    lines = [_("%(name)sさん、こんにちは。") % {"name": user.name} if user.name else _("こんにちは。"), ""]
    lines += [_("あなたに合いそうな活動が見つかりました。"), "", *_item(pick)]
    if more:
        lines += ["", _("ほかに、こちらもいかがですか。")]
        for one in more:
            lines += ["", *_item(one)]
    lines += ["", _("断っても大丈夫です。お返事がなくても、ご迷惑にはなりません。")]
    if links:
        lines += [_("はじめの活動には、下のリンクからそのままお返事できます。あとで取り消すこともできます。")]
    title = _("おすすめの活動:%(role)s(%(when)s)") % {"role": pick.role.label, "when": pick.when}
    return Message(DIGEST, title, "\n".join(lines), f"{settings.SITE_URL}{PAGE}", _actions(links))


def stand_in(*, user: User, shown: Sequence[Shown], links: dict[str, str]) -> Message:
    """Write to somebody who could come in place of another one; *shown* is that alone."""
    pick = shown[0]
    lines = [_("%(name)sさん、こんにちは。") % {"name": user.name} if user.name else _("こんにちは。"), ""]
    lines += [_("来られなくなった方がいて、代わりに来てくださる方をさがしています。"), "", *_item(pick), ""]
    lines += [_("急なお願いです。断っても大丈夫です。お返事がなくても、ご迷惑にはなりません。")]
    lines += [_("下のリンクから、そのままお返事できます。あとで取り消すこともできます。")]
    title = _("代わりに来ていただけますか:%(role)s(%(when)s)") % {"role": pick.role.label, "when": pick.when}
    return Message(STAND_IN, title, "\n".join(lines), f"{settings.SITE_URL}{PAGE}", _actions(links))


def _actions(links: dict[str, str]) -> tuple[Action, ...]:
    return tuple(Action(label, links[answer]) for answer, label in _answers() if answer in links)


def _answers() -> list[tuple[str, str]]:
    return [
        (Answer.ACCEPT, _("行けます")),
        (Answer.DECLINE, _("今回はやめる")),
        (Answer.CALL, _("電話がほしい")),
    ]


def _item(one: Shown) -> list[str]:
    """Title, who asks, when and where, why."""
    place = one.role.venue.name if one.role.venue is not None and not one.role.is_online else _("家から参加")
    return [
        f"■ {one.role.label}",
        one.role.organisation.name,
        f"{_when(one)} {place}",
        _("おすすめの理由:%(reasons)s") % {"reasons": saying.joined(one.reasons)},
    ]


def _when(one: Shown) -> str:
    """When, and for how long: a window has said its minutes already."""
    long = explanations.lasts(one.slot)
    return _("%(when)s(%(length)s)") % {"when": one.when, "length": long} if long else one.when


def for_call(*, user: User, shown: Sequence[Shown]) -> Message:
    """Write the same suggestions for the coordinator who telephones somebody without a smartphone.

    Titles say no name: in the call list each stands below the name of who is telephoned.
    """
    title = str(_("合いそうな活動を、お電話でお伝えください"))
    lines = [_("%(name)sさんに合いそうな活動です。") % {"name": str(user)}]
    for one in shown:
        lines += ["", *_item(one)]
    lines += ["", _("断っても大丈夫です、とお伝えください。お返事は、この画面で代わりに入れられます。")]
    return Message(DIGEST, title, "\n".join(lines))


def stand_in_for_call(*, user: User, shown: Sequence[Shown]) -> Message:
    """Write the same for the coordinator who telephones."""
    words = {"name": str(user)}
    lines = [
        _("来られなくなった方がいます。%(name)sさんに、代わりに来られるかをお聞きください。") % words,
        "",
        *_item(shown[0]),
    ]
    lines += ["", _("断っても大丈夫です、とお伝えください。お返事は、この画面で代わりに入れられます。")]
    return Message(STAND_IN, str(_("代わりのお願いをお伝えください")), "\n".join(lines))


def call_wanted(suggestion: Suggestion) -> Message:
    """Write for the coordinator, in Japanese, that somebody would like to talk about a suggestion."""
    role = suggestion.role
    with override(Language.JA):
        words = {"role": role.title, "organisation": role.organisation.name}
        title = str(_("「電話がほしい」とお返事がありました"))
        body = _("「%(role)s」(%(organisation)s)のことで、話を聞きたいそうです。") % words
    return Message(CALL_WANTED, title, body)
