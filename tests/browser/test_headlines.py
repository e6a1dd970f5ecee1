"""A title as a heading is broken where a reader would breathe, also where its browser would tear a word apart."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from accounts.models import User
from organisations.models import Role
from tests.browser.conftest import be
from tests.browser.kept import Kept

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
