from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from organisations.publicity import picture
from organisations.publicity.published import Published
from tests.organisations.publicity.samples import EACH, LONG, WATERING


@pytest.mark.parametrize("published", [*EACH.values(), LONG])
def test_it_is_square_and_a_camera_reads_the_address(published: Published) -> None:
    made = Image.open(io.BytesIO(picture.png(published)))
    assert (made.format, made.size) == ("PNG", (picture.SIDE, picture.SIDE))
    assert [code.text for code in zxingcpp.read_barcodes(made)] == [published.url]


def test_the_same_row_makes_the_same_picture() -> None:
    assert picture.png(WATERING) == picture.png(WATERING)


def test_no_line_runs_over_the_side() -> None:
    made = Image.open(io.BytesIO(picture.png(LONG))).convert("RGB")
    side = made.crop((picture.SIDE - picture.EDGE + 8, 160, picture.SIDE, picture.SIDE))
    assert side.getcolors() == [(side.width * side.height, (255, 255, 255))]
