"""Hours, numbers and activities as questions to hosts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Activity


class HourField(forms.TimeField):
    """A time of day from the browser's own clock, or typed as 9:00, ９：００ or 9時30分."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    input_formats = ["%H:%M", "%H時%M分", "%H時", "%H:%M:%S"]
    default_error_messages = {
        "required": _("時刻を入れてください。"),
        "invalid": _("時刻は「9:00」のように入れてください。"),
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class NumberField(forms.IntegerField):
    """A whole number; full width is as good."""

    default_error_messages = {
        "required": _("数字を入れてください。"),
        "invalid": _("数字で入れてください。"),
        "min_value": _("%(limit_value)s以上の数字を入れてください。"),
        "max_value": _("%(limit_value)sまでの数字を入れてください。"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


class _UnderFields(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """The empty choice, then the activities under their field."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        every = list(self.queryset)
        place = {one.pk: number for number, one in enumerate(every)}
        top_of = {one.pk: one.parent or one for one in every}
        in_order = sorted(every, key=lambda one: (place.get(top_of[one.pk].pk, 0), place[one.pk]))
        for top, inside in groupby(in_order, key=lambda one: top_of[one.pk]):
            yield top.label, [(one.pk, one.label) for one in inside]


class ActivityField(forms.ModelChoiceField):  # type: ignore[type-arg]
    iterator = _UnderFields
    default_error_messages = {"invalid_choice": _("一覧からえらんでください。")}

    def __init__(self, **options: Any) -> None:
        super().__init__(Activity.objects.select_related("parent"), **options)
