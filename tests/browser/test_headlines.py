"""A title as a heading is broken where a reader would breathe, also where its browser would tear a word apart."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from playwright.sync_api import Page, expect
from sudachipy import Dictionary, SplitMode

from accounts.models import User
from organisations.models import CaseStudy, Need, Offer, Role, SupportNotice
from tests.browser.conftest import be
from tests.browser.kept import Kept
from web.templatetags.headline import headline

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

# The heading as it stands, a stroke where a line ends.
LINES = """(heading) => {
    const at = document.createRange(), texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    let said = "", above = null;
    while (texts.nextNode()) for (let i = 0; i < texts.currentNode.length; i += 1) {
        at.setStart(texts.currentNode, i);
        at.setEnd(texts.currentNode, i + 1);
        const { top, height } = at.getBoundingClientRect();
        if (height && above !== null && top > above + 5) said += "|";
        if (height) above = top;
        said += texts.currentNode.data[i];
    }
    return said.replace(/ ?[|] ?/g, "|");
}"""
WRITE = "(main, headings) => { main.innerHTML = headings.join(''); }"
TITLED = (CaseStudy, Need, Offer, Role, SupportNotice)


def test_a_title_is_broken_between_its_phrases(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, role = quiet_page, Role.objects.get(title="親子の木工教室 のこぎりの先生役")
    be(page, site, User.objects.get(email="mineoka.d@yaritai.example"))
    for path in ("/organisation/", f"/organisation/roles/{role.pk}/", f"/roles/{role.pk}/"):
        page.goto(site + path)
        heading = page.locator("h1, h2, h3").filter(has_text=role.title)
        assert heading.first.evaluate(LINES) == "親子の木工教室|のこぎりの先生役"
    link = "getComputedStyle(document.querySelector('h3 a .whole')).textDecorationLine"
    page.goto(f"{site}/organisation/")
    assert page.evaluate(link) == "underline"


def test_no_word_of_a_title_is_torn_on_a_phone(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, titles = quiet_page, [title for kind in TITLED for title in kind.objects.values_list("title", flat=True)]
    page.goto(f"{site}/cases/")
    for shown in ("<h1>{}</h1>", '<div class="card"><h2><a href="/">{}</a></h2></div>'):
        page.locator("main").evaluate(WRITE, [shown.format(headline(title)) for title in titles])
        found = page.locator("main").locator("h1, h2").evaluate_all(f"headings => headings.map({LINES})")
        lines = [each.split("|") for each in found if "|" in each]
        assert len(lines) > 10
        assert [each for each in lines if torn_words(each)] == []


def torn_words(lines: list[str]) -> list[str]:
    """Return the words in which a line of a title ends."""
    words = [word.surface() for word in Dictionary().tokenizer(SplitMode.C).tokenize("".join(lines))]
    ends, around = set(accumulate(map(len, lines))), pairwise(accumulate(map(len, words), initial=0))
    return [word for word, (begin, end) in zip(words, around, strict=True) if ends & set(range(begin + 1, end))]


def test_a_title_of_several_lines_is_one_in_the_name_of_its_link(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, title = quiet_page, "売れ残りの色えんぴつが、子どもの作品に"
    page.goto(f"{site}/cases/")
    assert page.locator("h2").filter(has_text="色えんぴつ").evaluate(LINES) == "売れ残りの色えんぴつが、|子どもの作品に"
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
