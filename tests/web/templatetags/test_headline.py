from __future__ import annotations

from django.utils.html import conditional_escape

from web.templatetags.headline import headline


def test_each_phrase_of_a_title_is_whole() -> None:
    assert headline("親子の木工教室 のこぎりの先生役") == (
        '<span class="whole">親子の木工教室</span> <span class="whole">のこぎりの先生役</span>'
    )


def test_what_has_no_space_between_phrases_stays_as_it_is() -> None:
    for title in ("花壇の水やり", "Helping at a family woodwork class", "PTA の集まり"):
        assert headline(title) == title


def test_what_people_write_is_never_markup() -> None:
    assert conditional_escape(headline("<b>木工</b>")) == "&lt;b&gt;木工&lt;/b&gt;"
    assert "<b>" not in headline("木工 「<b>」")
