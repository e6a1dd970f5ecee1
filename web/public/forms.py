"""What one can look for; every answer lives in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Activity
from web.fields import DayField, TextField, TownField
from web.reach import choices

HERE, USUAL = "here", "1.8"


def reach() -> list[tuple[str, str]]:
    return [(HERE, gettext("この町の中だけ")), *choices()]


WHERE = [("", _("どこでも")), ("no", _("行って参加する")), ("yes", _("家からできる"))]


class RoleFilter(forms.Form):
    use_required_attribute = False

    words = TextField(
        label=_("さがすことば"),
        max_length=100,
        required=False,
        help_text=_("例: 花、子ども、パソコン"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    activity = forms.ModelChoiceField(
        Activity.objects.filter(parent=None),
        label=_("活動分野"),
        required=False,
        to_field_name="code",
        empty_label=_("すべて"),
        error_messages={"invalid_choice": _("その活動分野は見つかりませんでした。一覧からえらんでください。")},
    )
    town = TownField(label=_("あなたの町"), required=False, empty_label=_("えらばない"))
    within = forms.ChoiceField(
        label=_("あなたの町からの近さ"),
        choices=reach,
        required=False,
        help_text=_("町をえらんだときに使います"),
        error_messages={"invalid_choice": _("近さは、一覧からえらんでください。")},
    )
    from_on = DayField(label=_("この日から"), required=False)
    until_on = DayField(label=_("この日まで"), required=False)
    online = forms.ChoiceField(
        label=_("参加のしかた"),
        choices=WHERE,
        required=False,
        error_messages={"invalid_choice": _("参加のしかたは、一覧からえらんでください。")},
    )
    full = forms.BooleanField(label=_("満員の募集も見る"), required=False)

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        super().__init__({"within": USUAL, **(answers or {})})

    def clean_within(self) -> str:
        return self.cleaned_data["within"] or USUAL

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("「この日まで」は、「この日から」と同じ日か、後の日にしてください。"))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """Return the answers as the search takes them."""
        found = self.cleaned_data
        return {
            "text": found["words"],
            "activity": found["activity"],
            "town": found["town"],
            "within_km": None if found["within"] == HERE else float(found["within"]),
            "from_on": found["from_on"],
            "until_on": found["until_on"],
            "online": {"": None, "no": False, "yes": True}[found["online"]],
            "open_only": not found["full"],
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the words and the town is asked for: then the page shows the other questions open."""
        return bool(self.errors) or any(
            self.data.get(name) not in (None, "", USUAL)
            for name in ("activity", "within", "from_on", "until_on", "online", "full")
        )


class DeskFilter(forms.Form):
    town = TownField(label=_("あなたの町"), required=False, empty_label=_("えらばない"))
