"""Sheets to print and to keep: a typst template and its data in, a tagged PDF out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError

# The colours of the site, so that who knows the one knows the other.
DARK, SHADE = "#115a36", "#e6f5ec"
FONTS = Path(__file__).parent / "fonts"
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')


class CannotPrint(DomainError):
    code = "cannot_print"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.message = _("「%(text)s」の文字は、この書類では表せません。ほかの書き方に変えてください。") % {
            "text": text
        }


def pdf(template: Path, data: Mapping[str, Any], *, now: dt.datetime) -> bytes:
    """Return *template* filled with *data* as a PDF that screen readers can follow (PDF/UA-1).

    The template reads ``json(bytes(sys.inputs.data))``; PDF/UA wants a title and a language of it:
    ``#set document(title: …)``, ``#set text(font: "BIZ UDPGothic", lang: "ja")``. There is no other font than the one
    in ``fonts/``, so that a sheet looks the same on every machine.

    Raises
    ------
    CannotPrint where the font lacks a character: PDF/UA-1 refuses the box that would stand there.
    """
    try:
        return typst.compile(
            template,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
            sys_inputs={"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=now.astimezone(dt.UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        if missing := _NO_GLYPH.search(str(error)):
            raise CannotPrint(missing[1]) from error
        raise
