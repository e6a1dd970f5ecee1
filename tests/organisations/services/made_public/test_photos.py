"""Pictures are encoded anew: small, upright, without what the camera wrote; what is no picture is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from organisations.models import CasePhoto, CaseStudy
from organisations.services.made_public import photos
from tests.factories import NOW, CaseStudyFactory

SECRET = b"35.4748N 139.5449E"


def file_of(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def picture(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, *size))
    return made


def from_a_telephone() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return file_of(picture(), exif=exif, icc_profile=profile, comment=SECRET)


def test_nothing_is_left_of_what_the_camera_wrote() -> None:
    taken = from_a_telephone()
    assert SECRET in taken
    jpeg, size = photos.encoded(taken)
    assert SECRET not in jpeg
    for marker in (b"Exif", b"ICC_PROFILE", b"XMP", b"http"):
        assert marker not in jpeg
    with Image.open(io.BytesIO(jpeg)) as read:
        assert not read.getexif()
        assert not {"comment", "icc_profile", "exif"} & set(read.info)
        assert (read.format, read.size) == ("JPEG", size)


def test_it_stands_upright() -> None:
    jpeg, size = photos.encoded(from_a_telephone())
    assert size == (20, 40)
    with Image.open(io.BytesIO(jpeg)) as read:
        top, bottom = read.getpixel((10, 5)), read.getpixel((10, 35))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 50 > top[2]
    assert bottom[2] > 200 > 50 > bottom[0]


@pytest.mark.parametrize(("before", "after"), [((3200, 1000), (1600, 500)), ((100, 50), (100, 50))])
def test_it_is_as_small_as_a_page_needs(before: tuple[int, int], after: tuple[int, int]) -> None:
    assert photos.encoded(file_of(picture(before)))[1] == after


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_seen_through_becomes_white(kind: str) -> None:
    jpeg, _size = photos.encoded(file_of(Image.new("RGBA", (8, 8), (255, 0, 0, 0)), kind))
    with Image.open(io.BytesIO(jpeg)) as read:
        assert read.getpixel((4, 4)) == (255, 255, 255)


def bomb(side: int) -> bytes:
    """A few bytes that say they are a picture of *side* × *side*."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("content", [bomb(7_800), bomb(30_000), b"\xff" * (photos.LARGEST_BYTES + 1)], ids=len)
def test_what_would_fill_the_memory_is_refused_unread(content: bytes) -> None:
    with pytest.raises(photos.PhotoTooBig):
        photos.encoded(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        file_of(picture(), "GIF"),
        file_of(picture(), "TIFF"),
        file_of(picture((900, 900)))[:400],
        bomb(50),
    ],
    ids=["nothing", "svg", "pdf", "gif", "tiff", "cut off", "broken"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(photos.NoPhoto):
        photos.encoded(content)


def add(case: CaseStudy, **other: object) -> CasePhoto:
    said = {"description": "食堂で話す人たち", "consent_text": "写っている方の了解をとりました。", **other}
    return photos.add(case=case, content=file_of(picture()), now=NOW, actor=None, **said)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestOfACase:
    def test_a_photo_has_its_words_and_its_consent(self) -> None:
        made = add(CaseStudyFactory())
        assert (made.width, made.height, made.consented_at) == (40, 20, NOW)
        assert made.consent_text == "写っている方の了解をとりました。"

    def test_without_them_there_is_none(self) -> None:
        with pytest.raises(photos.NotDescribed):
            add(CaseStudyFactory(), description=" ")
        with pytest.raises(photos.NoConsent):
            add(CaseStudyFactory(), consent_text="")

    def test_both_sides_are_asked_again(self) -> None:
        case = CaseStudyFactory(offer_agreed_at=NOW, host_agreed_at=NOW, published_at=NOW, is_chosen=True)
        made = add(case)
        case.refresh_from_db()
        assert (case.offer_agreed_at, case.host_agreed_at, case.published_at, case.is_chosen) == (
            None,
            None,
            None,
            False,
        )
        CaseStudy.objects.update(offer_agreed_at=NOW)
        photos.remove(photo=made, now=NOW, actor=None)
        photos.remove(photo=made, now=NOW, actor=None)
        case.refresh_from_db()
        assert case.offer_agreed_at is None
        assert not CasePhoto.objects.exists()

    def test_a_few_at_most(self) -> None:
        case = CaseStudyFactory()
        for _number in range(photos.MOST_PHOTOS):
            add(case)
        with pytest.raises(photos.TooManyPhotos):
            add(case)
