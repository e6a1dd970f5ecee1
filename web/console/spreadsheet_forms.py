"""The forms of handing in a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("表のファイル"),
        help_text=_("Excel(.xlsx)かCSV。10MB、5,000行まで"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": _("ファイルをえらんでください。"),
            "empty": _("このファイルは空です。別のファイルをえらんでください。"),
            "invalid": _("ファイルをえらんでください。"),
        },
    )


class AgreedForm(forms.Form):
    """People's data come in only with their own agreement."""

    is_agreed = forms.BooleanField(
        label=_("表にのっている方は、みなさん、上の文面を読んで同意しています"),
        error_messages={"required": _("ご本人の同意を確かめてから、印をつけてください。")},
    )

    def __init__(self, *args: Any, is_about_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_about_people:
            del self.fields["is_agreed"]


class DropForm(forms.Form):
    """Nothing to fill in."""
