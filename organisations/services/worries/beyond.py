"""What this service does not do: said kindly, with whom to ask instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Beyond(models.TextChoices):
    DANGER = "danger", _("命の危険があり、急ぐこと")
    RISK = "risk", _("虐待や暴力、見守りの判断")
    CASEWORK = "casework", _("介護や生活を支える計画")
    GUARDIANSHIP = "guardianship", _("成年後見や財産の管理")
    MONEY = "money", _("お金を借りたい、払えない")


@dataclass(frozen=True, slots=True)
class Kindly:
    """``says`` is read out to the person, ``desk`` is whom they can ask."""

    says: str | Promise
    desk: str | Promise


INSTEAD: Mapping[Beyond, Kindly] = {
    Beyond.DANGER: Kindly(
        _("急いで助けがいることです。いますぐ119番か110番に電話してください。電話がむずかしければ、わたしがかけます。"),
        _("119番・110番"),
    ),
    Beyond.RISK: Kindly(
        _(
            "話してくださって、ありがとうございます。安全を守ることは、専門の方が急いで考えます。"
            "子どものことは189番、そのほかは区役所か警察の相談(#9110)におつなぎします。"
        ),
        _("児童相談所(189)・区役所・警察の相談(#9110)"),
    ),
    Beyond.CASEWORK: Kindly(
        _(
            "これからの暮らしを、いっしょに考えてくれる専門の方がいます。"
            "地域包括支援センターか、区役所の高齢・障害の係におつなぎします。"
        ),
        _("地域包括支援センター・区役所の高齢・障害の係"),
    ),
    Beyond.GUARDIANSHIP: Kindly(
        _(
            "成年後見や財産のことは、法律にくわしい方が相談にのります。"
            "社会福祉協議会の権利擁護の窓口か、法テラスにおつなぎします。"
        ),
        _("社会福祉協議会の権利擁護の窓口・法テラス"),
    ),
    Beyond.MONEY: Kindly(
        _(
            "お金のことは、ここではお手伝いできませんが、相談できる所があります。"
            "区役所の生活支援の係か、社会福祉協議会におつなぎします。"
        ),
        _("区役所の生活支援の係・社会福祉協議会"),
    ),
}
