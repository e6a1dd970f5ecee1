"""One of each kind that is told of, as rows that were read from nowhere."""

from __future__ import annotations

import dataclasses
import datetime as dt

from organisations.publicity.published import Kind, Place, Published, State, Time
from tests.factories import NOW, at


def time(ref: int, days: int, words: str, places_left: int = 3) -> Time:
    return Time(ref, at(days, 9), at(days, 11), words, capacity=8, places_left=places_left)


WATERING = Published(
    kind=Kind.ROLE,
    ref=7,
    title="花だんの水やり <b>& 草取り</b>",
    title_en="Watering flowers",
    what="駅前の花だんに水をやります。\nはじめての方も、だいじょうぶです。",
    who="花とみどりの会",
    url="https://yaritai.example/roles/7/",
    state=State.OPEN,
    changed_at=NOW,
    published_at=NOW - dt.timedelta(days=1),
    times=(time(1, 5, "3月6日(土) 9:00〜11:00"), time(2, 12, "3月13日(土) 9:00〜11:00")),
    place=Place("集会所", "14112", "旭区", "鶴ケ峰1丁目", "4-12", 35.475, 139.549),
    cost="無料",
    bring="軍手",
    phone="045-000-0000",
    email="hana@yaritai.example",
    website="https://hana.example/",
    activities=("花の世話",),
)
FROM_HOME = dataclasses.replace(
    WATERING,
    ref=8,
    title="絵はがきを書く",
    title_en="",
    url="https://yaritai.example/roles/8/",
    times=(Time(3, at(5, 0), at(9, 0), "3月6日(土)〜3月10日(水)のあいだの30分", 5, 0, minutes=30),),
    state=State.FULL,
    place=None,
    is_online=True,
    cost="切手代63円",
    changed_at=NOW + dt.timedelta(minutes=5),
)
WEEDING = Published(
    kind=Kind.NEED,
    ref=4,
    title="庭の草取りを手伝ってくれる方",
    what="草が伸びて困っている方がいます。",
    who="見本ケアプラザ",
    url="https://yaritai.example/needs/4/",
    state=State.OPEN,
    changed_at=NOW,
    published_at=NOW,
    when="土曜の午前、日曜の午前",
    place=Place(ward_code="14112", ward="旭区", town="左近山"),
    phone="045-111-1111",
    until=dt.date(2027, 4, 30),
)
ROOM = Published(
    kind=Kind.OFFER,
    ref=5,
    title="交流室を土曜に使えます",
    what="20人まで。机といすがあります。",
    who="見本の食堂",
    url="https://yaritai.example/offers/5/",
    state=State.OPEN,
    changed_at=NOW,
    published_at=NOW,
    place=Place("食堂ひなた", "14112", "旭区", "白根1丁目", "", 35.48, 139.55),
    until=dt.date(2027, 12, 31),
)
OVER = dataclasses.replace(WATERING, state=State.OVER, times=())
EACH = {"role": WATERING, "from_home": FROM_HOME, "need": WEEDING, "offer": ROOM}
LONG = dataclasses.replace(
    WATERING,
    title="題" * 80,
    what="文。" * 1000,
    who="団" * 80,
    bring="物" * 200,
    cost="円" * 120,
    place=Place("場" * 80, "14112", "旭区", "鶴ケ峰1丁目", "番" * 120, 35.475, 139.549),
    times=tuple(time(n, n, f"3月{n}日(土) 9:00〜11:00") for n in range(1, 9)),
)
