from __future__ import annotations

from django.utils.html import conditional_escape

from web.templatetags.headline import ONE_LINE, headline


def test_each_phrase_of_a_title_is_whole() -> None:
    assert headline("親子の木工教室 のこぎりの先生役") == (
        '<span class="whole">親子の木工教室</span> <span class="whole">のこぎりの先生役</span>'
    )


def unbroken(*parts: str) -> str:
    return "<wbr>".join(f'<span class="unbroken">{part}</span>' for part in parts)


def test_a_line_may_end_behind_a_comma_and_before_a_bracket_without_a_space() -> None:
    assert headline("色えんぴつが、子どもの作品に") == unbroken("色えんぴつが、", "子どもの作品に")
    assert headline("カフェ「木」の手伝い(家で)") == unbroken("カフェ", "「木」の手伝い", "(家で)")
    assert headline("お茶、お花 毎年、") == (
        f'<span class="whole">{unbroken("お茶、", "お花")}</span> <span class="whole">毎年、</span>'
    )
    for title in ("「やりたいこと」", "Helping, at home (30 minutes)", "毎年、", "花(はな)の水（みず）やり"):
        assert headline(title) == title


def test_what_is_longer_than_a_line_of_a_phone_may_be_broken() -> None:
    longer = "乗り合いの買い物便がほしい"
    assert len(longer) == ONE_LINE + 1
    assert headline(f"坂の町に、{longer}") == f"{unbroken('坂の町に、')}<wbr>{longer}"
    assert headline(f"坂の町に、{longer[1:]}") == unbroken("坂の町に、", longer[1:])


def test_what_has_no_space_between_phrases_stays_as_it_is() -> None:
    for title in ("花壇の水やり", "Helping at a family woodwork class", "PTA の集まり"):
        assert headline(title) == title


def test_what_people_write_is_never_markup() -> None:
    assert conditional_escape(headline("<b>木工</b>")) == "&lt;b&gt;木工&lt;/b&gt;"
    for title in ("木工 「<b>」", "木工、<b>", "木工、<b>はとても長い題のうしろにある</b>"):
        assert "<b>" not in conditional_escape(headline(title))
