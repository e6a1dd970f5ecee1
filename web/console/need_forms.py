"""What a need says; it starts empty, and nobody's words are put into it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import Activity, District, Need, Skill, SupportDesk, Town, Worry
from organisations.models.offer import Help
from organisations.models.pattern import When
from web.fields import CHOOSE_FROM_LIST, DayField, NumberField, TextField, TownField
from web.profile_form import Ticks

LONGEST = 2000


class NeedForm(forms.Form):
    """``sure`` is asked for only where the text could give somebody away."""

    desk = forms.ModelChoiceField(SupportDesk.objects.none(), label=_("相談窓口"), error_messages=CHOOSE_FROM_LIST)
    title = TextField(label=_("ニーズの名前"), max_length=80, help_text=_("例: 庭の草取りを手伝ってくださる方"))
    summary = TextField(
        label=_("どんなことか"),
        max_length=LONGEST,
        required=False,
        help_text=_("だれのことかわからないように、あなたのことばで書いてください。年齢、病気、家の様子は書きません。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    town = TownField(
        label=_("町"),
        required=False,
        empty_label=_("えらばない"),
        help_text=_("町か地区の、どちらかひとつをえらんでください。"),
    )
    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("地区(町だとだれのことかわかりそうなとき)"),
        required=False,
        empty_label=_("えらばない"),
    )
    helps = forms.MultipleChoiceField(
        label=_("あると助かるもの"),
        choices=Help,
        widget=forms.CheckboxSelectMultiple,
        error_messages={**CHOOSE_FROM_LIST, "required": _("1つ以上えらんでください。")},
    )
    activities = Ticks(Activity.objects.all(), label=_("活動分野"), required=False)
    skills = Ticks(Skill.objects.all(), label=_("あるとうれしい得意なこと"), required=False)
    when = forms.MultipleChoiceField(
        label=_("いつごろ(えらばなければ、いつでも)"), choices=When, required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = NumberField(label=_("1回に何分くらい"), min_value=5, max_value=1440, required=False)
    people = NumberField(label=_("何人いると助かるか"), min_value=1, max_value=1000, initial=1)
    quantity = NumberField(label=_("物の数(物があると助かるとき)"), min_value=1, max_value=1_000_000, required=False)
    wanted_until = DayField(label=_("いつまで"))
    worries = forms.ModelMultipleChoiceField(
        Worry.objects.none(),
        label=_("もとになった困りごと(受付番号)"),
        required=False,
        help_text=_("外からは見えません。いくつでもえらべます。"),
        widget=forms.CheckboxSelectMultiple,
    )
    title_en = TextField(label=_("英語の名前"), max_length=120, required=False)
    summary_en = TextField(
        label=_("どんなことか(英語)"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    sure = forms.BooleanField(label=_("だれのことかわからないと、確かめました"), required=False)

    def __init__(self, *args: Any, coordinator: User, need: Need | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desks = SupportDesk.objects.filter(memberships__user=coordinator).select_related("organisation")
        here = Town.objects.filter(support_desks__in=desks.values("pk"))
        behind = Worry.objects.in_area_of(coordinator).defer("sealed")
        known = {
            "desk": desks,
            "town": self.fields["town"].queryset.filter(pk__in=here.values("pk")),  # type: ignore[attr-defined]
            "district": District.objects.filter(towns__in=here.values("pk")).distinct(),
            "worries": (behind.open() | behind.filter(needs=need)).distinct() if need else behind.open().distinct(),
        }
        for name, rows in known.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if need is not None:
            del self.fields["desk"]
        elif len(desks) == 1:
            self.fields["desk"].widget = forms.HiddenInput()
            self.initial["desk"] = desks[0].pk

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and (answers["town"] is None) == (answers["district"] is None):
            self.add_error("town", _("町か地区の、どちらかひとつをえらんでください。"))
        return answers

    @property
    def place(self) -> Town | District:
        found: Town | District = self.cleaned_data["town"] or self.cleaned_data["district"]
        return found

    @property
    def says(self) -> str:
        """All that people will read."""
        return "\n".join(self.cleaned_data[name] for name in ("title", "title_en", "summary", "summary_en"))

    def need_fields(self) -> dict[str, Any]:
        """Return the answers as ``posting.draft`` and ``posting.change`` take them, beside the place."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in NOT_OF_NEED}


NOT_OF_NEED = {"desk", "town", "district", "sure"}


def about(asked: QueryDict) -> dict[str, Any]:
    """Return the activity and the district that an address names as answers; what there is not, is left open."""
    pks = dict(Activity.objects.order_by().values_list("code", "pk")) if "activity" in asked else {}
    return {"activities": [pks.get(code) for code in asked.getlist("activity")], "district": asked.get("district")}


def as_written(need: Need) -> dict[str, Any]:
    """Return what *need* says as answers."""
    lists = {name: [row.pk for row in getattr(need, name).all()] for name in ("activities", "skills", "worries")}
    plain = NeedForm.base_fields.keys() - {*lists, *NOT_OF_NEED}
    return {
        **{name: getattr(need, name) for name in plain},
        **lists,
        "town": need.town_id,
        "district": need.district_id,
    }
