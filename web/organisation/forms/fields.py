"""Activities as a question to hosts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Activity


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
