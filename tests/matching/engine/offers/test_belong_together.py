"""What belongs together comes first: offers and needs in ordinary words, with word vectors and without."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from config.settings import WORD_VECTORS
from matching.engine.offers.market import ANY_TIME, NO_END, Kind, Market, Occasions, Offers, Wants
from matching.engine.offers.scoring import fits
from matching.engine.offers.sharing import share
from matching.engine.text import load
from tests.matching.engine.offers.fairs import ANYWHERE, FIRST_WEEKDAY, at

ACTIVITIES = [
    ["サロン・茶話会の手伝い", "茶話会", "居場所", "salon"],
    ["買い物の代行・同行", "買い物支援", "移動販売", "shopping"],
    ["夏祭り・盆踊りの手伝い", "屋台", "festival"],
    ["防災倉庫・備蓄の点検", "備蓄", "emergency stock"],
    ["食品の仕分け・配布（フードドライブ）", "フードパントリー", "food pantry"],
    ["体操・健康づくり", "介護予防", "gymnastics"],
    ["法律・相続・成年後見の講座", "終活", "相続", "legal talks"],
    ["楽器演奏・合唱", "吹奏楽", "music"],
]
SALON, SHOPPING, FESTIVAL, STOCK, PANTRY, GYM, LEGAL, MUSIC = range(len(ACTIVITIES))
KAWAI, FUTAMATA, KIBO, HONMURA = (35.4929, 139.5115), (35.4650, 139.5281), (35.4607, 139.5088), (35.4676, 139.5352)

# What, where, how far, how many, when, about what, in which words.
OFFERS = {
    "big room": (Kind.ROOM, KAWAI, 3.0, 24, at("sat-am", "sat-pm"), [], "土曜は広い部屋が空いています。机といすあり。"),
    "minibus": (
        Kind.VEHICLE,
        KAWAI,
        6.0,
        8,
        at("tue-am", "thu-am"),
        [],
        "昼間の送迎の車が空く時間。運転する職員つき。",
    ),
    "crew": (Kind.PEOPLE, FUTAMATA, 8.0, 12, at("sat-am"), [FESTIVAL], "社員がテントや机を運びます。力仕事どうぞ。"),
    "water": (Kind.GOODS, FUTAMATA, 8.0, 300, ANY_TIME, [STOCK], "水のペットボトルを入れ替えるのでさしあげます。"),
    "greens": (
        Kind.GOODS,
        FUTAMATA,
        5.0,
        NO_END,
        at("thu-eve"),
        [PANTRY],
        "形のふぞろいな野菜を毎週箱でお渡しします。",
    ),
    "gym": (Kind.KNOW_HOW, KAWAI, ANYWHERE, NO_END, at("thu-pm"), [GYM], "転ばない体をつくる体操を専門職が教えます。"),
    "wills": (Kind.KNOW_HOW, KIBO, ANYWHERE, NO_END, at("sat-pm"), [LEGAL], "遺言や相続のしくみをやさしく話します。"),
    "café": (Kind.ROOM, KIBO, 3.0, 12, at("mon-am", "mon-pm"), [], "お休みの日の喫茶店を集まりにお使いください。"),
    "band": (Kind.PEOPLE, HONMURA, 8.0, 20, at("sun-pm"), [MUSIC], "生徒が吹奏楽で演奏します。"),
}
# Which offer belongs to it; what helps, where, people, things, when, about what, in which words.
NEEDS = {
    "minibus": (
        Kind.VEHICLE,
        (35.4950, 139.5192),
        6,
        1,
        ANY_TIME,
        [SHOPPING],
        "坂が多い町です。乗り合いの買い物便がほしい。",
    ),
    "big room": (
        Kind.ROOM,
        (35.4960, 139.5150),
        15,
        1,
        at("sat-pm"),
        [SALON],
        "集会所が狭く、茶話会をひらく所がない。",
    ),
    "café": (
        Kind.ROOM,
        (35.4630, 139.5100),
        8,
        1,
        at("mon-am"),
        [SALON],
        "少人数でお茶を飲み話せる所をさがしています。",
    ),
    "water": (Kind.GOODS, (35.4700, 139.5300), 5, 100, ANY_TIME, [STOCK], "防災倉庫の飲み水の期限が切れてしまいます。"),
    "greens": (Kind.GOODS, (35.4680, 139.5250), 5, 1, ANY_TIME, [PANTRY], "食べものを配る会で野菜が足りません。"),
    "gym": (Kind.KNOW_HOW, (35.4800, 139.5300), 15, 1, ANY_TIME, [GYM], "家にこもる方が多く、足腰の運動を習いたい。"),
    "wills": (Kind.KNOW_HOW, (35.4600, 139.5100), 20, 1, ANY_TIME, [LEGAL], "もしもの時の手続きを知りたいという声。"),
    "crew": (
        Kind.PEOPLE,
        (35.4720, 139.5350),
        6,
        1,
        at("sat-am"),
        [FESTIVAL],
        "祭りのやぐらを組む若い手が足りません。",
    ),
    "band": (Kind.PEOPLE, (35.4700, 139.5400), 5, 1, at("sun-pm"), [MUSIC], "敬老の集いで音楽を聞かせてほしい。"),
}


def _ticks(rows: list[list[int]]) -> sparse.csr_array:
    table = np.zeros((len(rows), len(ACTIVITIES)))
    for row, ticked in enumerate(rows):
        table[row, ticked] = 1.0
    return sparse.csr_array(table)


@pytest.fixture(params=["words", "letters"])
def ward(request: pytest.FixtureRequest) -> Market:
    turn = load(WORD_VECTORS if request.param == "words" else None, ACTIVITIES)
    kind, where, within, amount, week, tags, words = zip(*OFFERS.values(), strict=True)
    helps, place, people, things, times, about, said = zip(*NEEDS.values(), strict=True)
    some, several = np.arange(len(kind)), np.arange(len(helps))
    return Market(
        Offers(
            number=some,
            owner=some,
            kind=np.array(kind),
            lat=np.array([lat for lat, _lng in where]),
            lng=np.array([lng for _lat, lng in where]),
            within_km=np.array(within),
            amount=np.array(amount),
            week=np.array(week),
            first_day=np.zeros(len(kind), np.int64),
            last_day=np.full(len(kind), NO_END),
            activities=_ticks(list(tags)),
            text=turn.vectors(_with_names(words, tags)),
        ),
        Wants(
            number=several,
            owner=several + len(kind),
            helps=np.eye(len(Kind))[np.array(helps)],
            lat=np.array([lat for lat, _lng in place]),
            lng=np.array([lng for _lat, lng in place]),
            people=np.array(people),
            things=np.array(things),
            activities=_ticks(list(about)),
            text=turn.vectors(_with_names(said, about)),
        ),
        Occasions(several, np.zeros(len(helps), np.int64), np.full(len(helps), 60), np.array(times)),
        FIRST_WEEKDAY,
        np.zeros((len(kind), len(helps)), dtype=np.bool_),
    )


def _with_names(words: tuple[str, ...], ticked: tuple[list[int], ...]) -> list[str]:
    return [
        " ".join([said, *(name for tag in tags for name in ACTIVITIES[tag])])
        for said, tags in zip(words, ticked, strict=True)
    ]


def test_every_need_has_its_own_offer_first(ward: Market) -> None:
    found, offers = fits(ward), list(OFFERS)
    for number, expected in enumerate(NEEDS):
        of_need = np.flatnonzero(found.want == number)
        best = of_need[np.argmax(found.score[of_need])]
        assert offers[found.offer[best]] == expected


def test_shared_out_each_gets_what_belongs_to_it(ward: Market) -> None:
    found, one_each = fits(ward), np.ones(len(OFFERS), np.int64)
    chosen = share(ward, found, offer_left=one_each, want_left=one_each, owner_left=np.ones(2 * len(OFFERS), np.int64))
    names = list(OFFERS), list(NEEDS)
    assert all(names[0][found.offer[pair]] == names[1][found.want[pair]] for pair in chosen)
    assert len(chosen) == len(NEEDS)


def test_water_is_no_substitute_for_vegetables(ward: Market) -> None:
    found, names = fits(ward), list(OFFERS)
    wrong = (found.offer == names.index("water")) & (found.want == list(NEEDS).index("greens"))
    assert not wrong.any()
