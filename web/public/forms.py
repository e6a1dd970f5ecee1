"""What one can look for; every answer lives in the address of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import AccessFeature, Activity
from organisations.services.times.hours import Hours
from web.fields import DayField, TextField, TownField
from web.reach import STEPS_KM, straight_km, walks

HERE, USUAL = "here", str(straight_km(30))
LENGTHS = [("", _("どれでも")), ("15", _("15分以内")), ("30", _("30分以内")), ("60", _("1時間以内"))]


def reach() -> list[tuple[str, str]]:
    return [(HERE, gettext("この町の中だけ")), *walks()]


def as_offered(within: str) -> str:
    """Return the walk that comes nearest to a distance of an older address, or what was asked where it was none."""
    if within not in map(str, STEPS_KM):
        return within
    return min((km for km, _name in walks()), key=lambda km: abs(float(km) - float(within)))


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
    evening = forms.BooleanField(label=_("平日の夜"), required=False)
    lasting = forms.ChoiceField(
        label=_("かかる時間"),
        choices=LENGTHS,
        required=False,
        error_messages={"invalid_choice": _("かかる時間は、一覧からえらんでください。")},
    )
    access = forms.ModelMultipleChoiceField(
        AccessFeature.objects.filter(is_filter=True),
        label=_("参加のしやすさ"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("参加のしやすさは、一覧からえらんでください。")},
    )
    junior = forms.BooleanField(label=_("15歳でも参加できる"), required=False)
    full = forms.BooleanField(label=_("満員の募集も見る"), required=False)

    def __init__(self, asked: QueryDict | None = None) -> None:
        answers: MultiValueDict[str, Any] = MultiValueDict(dict(asked.lists() if asked else ()))
        answers["within"] = as_offered(str(answers.get("within", USUAL)))
        super().__init__(answers)

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
            "hours": self.hours,
            "access": found["access"],
            "junior": found["junior"],
            "online": {"": None, "no": False, "yes": True}[found["online"]],
            "open_only": not found["full"],
        }

    @property
    def hours(self) -> Hours:
        """The days and hours that a slot must fit."""
        found = self.cleaned_data
        longest = int(found["lasting"]) if found["lasting"] else None
        return Hours(found["from_on"], found["until_on"], found["evening"], longest)

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the words and the town is asked for: then the page shows the other questions open."""
        return bool(self.errors) or any(
            self.data.get(name) not in (None, "", USUAL) for name in self.fields.keys() - {"words", "town"}
        )


class DeskFilter(forms.Form):
    town = TownField(label=_("あなたの町"), required=False, empty_label=_("えらばない"))
