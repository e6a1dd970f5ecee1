"""What gives somebody away is found; what every need says is not."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from organisations.services.needs import overlaps
from organisations.services.needs.traces import addresses, names, numbers
from organisations.services.worries import handling
from tests.factories import NOW, DeskMembershipFactory, TownFactory, WorryFactory

TOLD = (
    "さくら町3丁目12番地5号、コーポ見本203号室の佐藤です。86歳の母と暮らしています。庭の草が腰まで伸びて、"
    "ご近所の山田さんに申しわけない。電話は045-123-4567です。"
)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("庭の草が腰まで伸びて困っている方", "庭の草が腰まで伸びて"),
        ("庭の草が、腰まで のびた方。庭の草が 腰まで伸びて", "庭の草が腰まで伸びて"),
        ("母と暮らしています。手伝ってください", "母と暮らしています"),
    ],
)
def test_a_long_run_of_the_same_letters(text: str, part: str) -> None:
    assert any(part in said for said in overlaps.shared(text, TOLD))


def test_width_marks_and_spaces_hide_nothing() -> None:
    assert overlaps.runs("ﾄｲﾚの電球が　切れて", "トイレの電球が、切れて三日") == ["トイレの電球が切れて"]
    assert overlaps.runs("HELP ME WITH the garden", "help me with The Garden") == ["helpmewiththegarden"]


def test_two_runs_apart_are_two() -> None:
    told = "あいうえお花の水やり当番さん、かきくけこ犬の散歩当番です"
    assert overlaps.runs("花の水やり当番さん。またはかわりに犬の散歩当番です", told) == [
        "花の水やり当番さん",
        "犬の散歩当番です",
    ]


@pytest.mark.parametrize(
    "text", ["", "草取り", "庭の手入れを手伝ってくださる方をさがしています。1回1時間くらい、2人。"]
)
def test_a_need_in_other_words_is_left_alone(text: str) -> None:
    assert overlaps.shared(text, TOLD, called="佐藤") == []


def test_endings_alone_are_chance() -> None:
    assert overlaps.runs("だれかいませんでしょうか", "なかなかいませんでしょうか") == []
    assert overlaps.runs("とてもこまっているのでおねがいします", "こまっているのでおねがいします")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("86歳、八十六歳、８６才", {"86"}),
        ("3丁目12番地5号", {"3-12-5"}),
        ("3-12-5", {"3-12-5"}),
        ("045-123-4567", {"045-123-4567", "0451234567"}),
        ("０４５１２３４５６７", {"0451234567"}),
        ("5号", {"5"}),
        ("三人で30分、2回、10時から、12月3日", set()),
        ("一緒に千羽鶴", set()),
        ("二〇三号室", {"203"}),
    ],
)
def test_numbers_that_could_point_at_somebody(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "told", "called", "found"),
    [
        ("山田さんの庭", "山田さんに悪くて", "", {"山田"}),
        ("山田宅の庭", "となりの山田さん", "", {"山田"}),
        ("佐藤宅", "草が伸びた", "佐藤", {"佐藤"}),
        ("花子の家", "草が伸びた", "佐藤 花子", {"花子"}),
        ("ミドリさん", "友だちのミドリさん", "", {"ミドリ"}),
        ("はなこさんの庭", "友だちのはなこさんです", "", {"はなこ"}),
        ("林さんの庭", "林さんに悪くて", "", {"林"}),
        ("林の手入れ", "林さんに悪くて", "", set()),
        ("Mr Tanaka needs help", "ask Mr. Tanaka", "", {"Tanaka"}),
        ("お母さんと子どもさん、皆さん", "お母さんに悪くて、皆さん", "", set()),
        ("おばあさんの庭", "おばあさんの庭", "", set()),
        ("たくさんの草", "たくさんの草", "", set()),
    ],
)
def test_names(text: str, told: str, called: str, found: set[str]) -> None:
    assert names(text, told, called) == found


def test_buildings_and_plots() -> None:
    assert addresses("コーポ見本") & addresses(TOLD) == {"コーポ見本"}
    assert "203号室" in addresses("二〇三号室") & addresses(TOLD)
    assert addresses("公園の草取り") == set()


@pytest.mark.django_db
def test_worries_are_opened_for_a_coordinator_of_the_town_and_each_leaves_a_line() -> None:
    town = TownFactory()
    coordinator = DeskMembershipFactory(desk__towns=[town]).user
    behind = [
        WorryFactory(town=town, words=TOLD),
        WorryFactory(town=town, words="電球が切れた", name="鈴木"),
        WorryFactory(town=town, sealed=None, forgotten_at=NOW, closed_at=NOW, outcome="solved"),
    ]
    found = overlaps.warnings("86歳の方と鈴木宅。045-000-0000", behind, now=NOW, actor=coordinator)
    assert {"86」", "鈴木」", "045-000-0000」"} <= {said.rpartition("「")[2] for said in found}
    lines = AuditEntry.objects.filter(action="looked_at", actor=coordinator)
    assert [line.detail for line in lines] == [{"through": "overlaps"}] * 2
    with pytest.raises(handling.NotYourArea):
        overlaps.warnings("", behind, now=NOW, actor=DeskMembershipFactory().user)
