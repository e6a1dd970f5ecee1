"""Ready words for an organisation that has to say no: what may be said kindly, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError

READY: Mapping[str, Promise] = {
    "full": _("今回は人数がいっぱいになりました。申し込んでくださって、うれしかったです。またお会いできますように。"),
    "task": _("今回の内容とは、うまく合わないようでした。ほかの日や、ほかの活動で、ごいっしょできればうれしいです。"),
    "plans": _("こちらの都合が変わり、今回はお願いできなくなりました。お気持ちをくださって、ありがとうございました。"),
    "late": _(
        "お返事がおそくなり、申しわけありません。今回はお願いできませんでした。またの機会に、ぜひお声をかけてください。"
    ),
}


class ReadyTextUnknown(DomainError):
    code = "ready_text_unknown"
    message = _("ことばを、もう一度えらんでください。")


def text(code: str) -> Promise:
    """Return one of the ready texts.

    Raises
    ------
    ReadyTextUnknown
    """
    if code not in READY:
        raise ReadyTextUnknown
    return READY[code]
