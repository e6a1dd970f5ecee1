"""A wide table is moved sideways on a phone; no number in it is torn."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from matching.services.running import runs
from tests.browser.conftest import PHONE, be
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

# The numbers in wide tables, each with the lines that it takes.
NUMBERS = """() => [...document.querySelectorAll(".sideways td")]
    .filter((cell) => /^[-\\d.]+$/.test(cell.textContent.trim()))
    .map((cell) => {
        const said = document.createRange();
        said.selectNodeContents(cell);
        return [cell.textContent.trim(), new Set([...said.getClientRects()].map((box) => Math.round(box.top))).size];
    })"""


def test_each_number_of_a_run_stands_in_one_line(site: str, kept_ward: Kept, quiet_page: Page) -> None:
    page, run = quiet_page, runs.latest()
    assert run is not None
    be(
        page,
        site,
        User.objects.get(email=next(one.email for one in kept_ward.ward.sign_ins if one.kind == "coordinator")),
    )
    page.set_viewport_size(PHONE)
    page.goto(site + reverse("console:run", args=[run.pk]))
    numbers = page.evaluate(NUMBERS)
    assert len(numbers) > 30
    assert [number for number, lines in numbers if lines != 1] == []
