"""What has a title of its own is headed by its phrases, on its page and in lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client

from tests.factories import NOW, CaseStudyFactory, NeedFactory, OfferFactory
from tests.web.conftest import said
from web.templatetags.headline import headline

TITLE = "庭の草取り 夏のあいだ"
MAKE: dict[str, Callable[[], Model]] = {
    "needs": lambda: NeedFactory(title=TITLE),
    "offers": lambda: OfferFactory(title=TITLE),
    "cases": lambda: CaseStudyFactory(title=TITLE, offer_agreed_at=NOW, host_agreed_at=NOW, published_at=NOW),
}


@pytest.mark.parametrize("kind", MAKE)
def test_a_title_is_headed_by_its_phrases(client: Client, kind: str) -> None:
    page = f"/{kind}/{MAKE[kind]().pk}/"
    assert f"<h1>{headline(TITLE)}</h1>" in said(client.get(page))
    assert f'<a href="{page}">{headline(TITLE)}</a></h' in said(client.get(f"/{kind}/"))
