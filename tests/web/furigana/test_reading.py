"""Sentences of our pages are read as a coordinator would read them aloud."""

from __future__ import annotations

import re

import pytest

from web.furigana import dictionary
from web.furigana.reading import LONGEST, Reader

PLACES = [
    ("白根", "しらね"),
    ("白根一丁目", "しらねいっちょうめ"),
    ("今宿東町", "いまじゅくひがしちょう"),
    ("希望が丘", "キボウガオカ"),
]
ORGANISATIONS = [
    ("特別養護老人ホーム こだちの家", "とくべつようごろうじんほーむ こだちのいえ"),
    ("花", "ふらわー"),
    ("ひなた", "ひなた"),
    ("株式会社みねおか設備", "みねおかせつび"),
]

READ_ALOUD = """
今[いま]すぐ行[い]けます。
手伝[てつだ]える方[かた]をさがしています。
車[くるま]いすの方[かた]も、早[はや]く来[き]た方[ほう]がいい。
二俣川駅[ふたまたがわえき]の北[きた]の方[ほう]へ歩[ある]いて10分[ぷん]
飲[の]み水[みず]と帽子[ぼうし]を持[も]ってきてください。
何人[なんにん]で来[き]ますか。何[なに]を使[つか]いますか。
やってみたいことは何[なん]ですか
あとから何度[なんど]でも変[か]えられます。
11月[がつ]30日[にち](日[にち]) 朝[あさ]9時[じ]
12月[がつ]1日[ついたち](火[か]) 夕方[ゆうがた]4時[じ]30分[ぷん]
12月[がつ]20日[はつか](土[ど])から24日[にじゅうよっか](水[すい])のあいだの15分[ふん]
2日[ふつか]のうちに(お休[やす]みの日[ひ]をのぞく)ご連絡[れんらく]します。
1日[にち]に2時間[じかん]、8日間[ようかかん]
月[げつ]〜土[ど] 9:00–21:00、日[にち]・祝[しゅく] 9:00–17:00
お休[やす]みの月曜日[げつようび]、店[みせ]を集[あつ]まりの場所[ばしょ]に
あと2人[ふたり]、1人[ひとり]から100人[にん]まで
12人中[にんちゅう]、25人分[にんぶん]
1階[かい]と3階[がい]、3軒[げん]、240本[ぽん]、3本[ぼん]、10泊[ぱく]
一回[いっかい]、一度[いちど]、一人[ひとり]ずつ、四人[よにん]、四十五分[よんじゅうごふん]
A4一枚[まい]に短[みじか]く
大人[おとな]も子[こ]どもも、お母[かあ]さんも
一人暮[ひとりぐ]らしのお年寄[としよ]りの家具[かぐ]を動[うご]かす
申[もう]し込[こ]み、取[と]り組[く]み、見守[みまも]り
生年月日[せいねんがっぴ]と、お住[す]まいの町[まち]
日本語[にほんご]、外国人[がいこくじん]、日本人[にほんじん]
落[お]ち葉[ば]の掃除[そうじ]を行[おこな]って、公園[こうえん]へ行[い]って休[やす]む
参加[さんか]する方[かた]が来[く]る日[ひ]、来[こ]られない日[ひ]
お金[かね]のこと(会費[かいひ]・助成[じょせい])
空[あ]いている時間[じかん]に合[あ]う日時[にちじ]がありません。
次[つぎ]のアドレスから開[ひら]けます。
わからない方[かた]は、近[ちか]くの相談窓口[そうだんまどぐち]へ
16歳未満[さいみまん]の方[かた]は、保護者[ほごしゃ]の方[かた]の同意[どうい]がいります。
三者[さんしゃ]がよいと言[い]うまで、何[なに]も決[き]まりません。
数[かず]が合[あ]うもの、数日[すうじつ]のうち
花[か]だんの水[みず]やりと、花[はな]の苗[なえ]
明日[あした]、私[わたし]たちは雑木林[ぞうきばやし]で豚汁[とんじる]を作[つく]ります。
希望[きぼう]が丘[おか]と白根地区[しらねちく]、今宿東町[いまじゅくひがしちょう]
鶴ケ峰駅前[つるがみねえきまえ]、東希望[ひがしきぼう]が丘[おか]
ささの森小学校[もりしょうがっこう] 図書室[としょしつ]
戸倉(とくら) 045-000-1121
""".strip().splitlines()


@pytest.fixture(scope="module")
def reader() -> Reader:
    words = dictionary.opened("core")
    assert words is not None
    return Reader(words, places=PLACES, organisations=ORGANISATIONS)


def aloud(reader: Reader, text: str) -> str:
    """Return *text* with its reading in brackets behind each run of characters that carry one."""
    said: list[tuple[str, str]] = []
    for piece, reading in reader.read(text):
        if said and reading and said[-1][1] and not piece[0].isdigit():
            said[-1] = (said[-1][0] + piece, said[-1][1] + reading)
        else:
            said.append((piece, reading))
    return "".join(f"{piece}[{reading}]" if reading else piece for piece, reading in said)


@pytest.mark.parametrize("wanted", READ_ALOUD)
def test_a_sentence_is_read_as_one_would_read_it_aloud(reader: Reader, wanted: str) -> None:
    assert aloud(reader, re.sub(r"\[.+?\]", "", wanted)) == wanted


@pytest.mark.parametrize(
    "text", ["三枝 まこと", "千葉野 まゆみ", "戸倉(とくら) 045-000-1121", "月", "ひなた", "Hello, 123"]
)
def test_what_is_not_ours_to_say_is_left_alone(reader: Reader, text: str) -> None:
    assert aloud(reader, text) == text


def test_a_name_that_somebody_gave_tells_nothing_about_the_words_of_others(reader: Reader) -> None:
    assert aloud(reader, "花をうえる") == "花[はな]をうえる"
    assert (
        aloud(reader, " 特別養護老人ホーム こだちの家\n")
        == " 特別養護老人[とくべつようごろうじん]ホーム こだちの家[いえ]\n"
    )
    assert aloud(reader, "株式会社みねおか設備") == "株式会社[かぶしきがいしゃ]みねおか設備[せつび]"


@pytest.mark.parametrize("text", ["", "\n  \n", "。。", "漢" * (3 * LONGEST), "𠮷野家の前。\r\nつぎ", "%(count)s人分"])
def test_whatever_is_read_stays_what_it_was(reader: Reader, text: str) -> None:
    assert "".join(piece for piece, _ in reader.read(text)) == text


def test_a_sentence_is_remembered_only_where_it_may_be(reader: Reader) -> None:
    list(reader.read("だれにも言わない話。", apart={}))
    list(reader.read("みんなに言う話。"))
    assert "みんなに言う話。" in reader.remembered
    assert "だれにも言わない話。" not in reader.remembered


@pytest.mark.parametrize("name", ["", "no-such-edition"])
def test_without_a_dictionary_nobody_reads(name: str) -> None:
    assert dictionary.opened(name) is None
