"""Pictures of a case study: encoded anew, so that nothing is left of what the camera or a forger wrote into them."""

from __future__ import annotations

import datetime as dt
import io

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.models import User
from accounts.services import audit
from accounts.services.errors import DomainError
from organisations.models import CasePhoto, CaseStudy
from organisations.services.made_public import case_studies

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 10 * 1024 * 1024
# A telephone's best camera takes 50; what is only small as a file must not fill the memory.
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
QUALITY = 82
MOST_PHOTOS = 4


class PhotoTooBig(DomainError):
    code = "photo_too_big"
    message = _("写真が大きすぎます。10MBまで、6000万画素までの写真をえらんでください。")


class NoPhoto(DomainError):
    code = "no_photo"
    message = _("写真として読めませんでした。JPEG、PNG、WebPの写真をえらんでください。")


class TooManyPhotos(DomainError):
    code = "too_many_photos"
    message = _("写真は4枚までです。ほかの写真を消してから、のせてください。")


class NotDescribed(DomainError):
    code = "photo_not_described"
    message = _("写っているものを書いてください。目の見えない方が、読み上げで聞きます。")


class NoConsent(DomainError):
    code = "photo_no_consent"
    message = _("写っている方の了解を確かめてから、印をつけてください。")


@transaction.atomic
def add(
    *, case: CaseStudy, content: bytes, description: str, consent_text: str, now: dt.datetime, actor: User | None
) -> CasePhoto:
    """Add a picture; both sides are asked again. *consent_text* are the words that were agreed to.

    Raises
    ------
    PhotoTooBig, NoPhoto, TooManyPhotos, NotDescribed, NoConsent
    """
    if not description.strip():
        raise NotDescribed
    if not consent_text.strip():
        raise NoConsent
    jpeg, (width, height) = encoded(content)
    current = case_studies.lock(case)
    if current.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos
    made = CasePhoto.objects.create(
        case_study=current,
        jpeg=jpeg,
        width=width,
        height=height,
        description=description.strip(),
        consent_text=consent_text,
        consented_at=now,
        added_by=actor,
    )
    case_studies.ask_again(current, now, actor)
    audit.record(actor=actor, action="case.add_photo", target=made, now=now, case=current.pk)
    return made


@transaction.atomic
def remove(*, photo: CasePhoto, now: dt.datetime, actor: User | None) -> None:
    """Take a picture away for good; both sides are asked again. Doing so twice changes nothing."""
    current = case_studies.lock(photo.case_study)
    there = current.photos.filter(pk=photo.pk).first()
    if there is not None:
        audit.record(actor=actor, action="case.remove_photo", target=there, now=now, case=current.pk)
        there.delete()
        case_studies.ask_again(current, now, actor)


def encoded(content: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a picture as a JPEG of at most ``LONGEST_SIDE``, upright and without any metadata, and its size.

    The size is looked at before anything is unpacked.

    Raises
    ------
    PhotoTooBig, NoPhoto
    """
    if len(content) > LARGEST_BYTES:
        raise PhotoTooBig
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PhotoTooBig
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = _plain(upright)
    except Image.DecompressionBombError as error:
        raise PhotoTooBig from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise NoPhoto from error
    file = io.BytesIO()
    plain.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return file.getvalue(), plain.size


def _plain(image: Image.Image) -> Image.Image:
    """Return the pixels alone on white: a new picture, for a copy keeps comments, profiles and more."""
    made = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        with_alpha = image.convert("RGBA")
        made.paste(with_alpha, mask=with_alpha.getchannel("A"))
    else:
        made.paste(image.convert("RGB"))
    return made
