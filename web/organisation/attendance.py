"""On the day: a list of who came, and a code on the wall by which people say so themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from organisations.publicity import qr
from volunteers.models import Attendance, Placement
from volunteers.services.attendance import recording
from web.fields import NumberField
from web.organisation.days import called, shell, slot_for
from web.page import act
from web.permissions import guarded
from web.signed_in import person

CAME, AWAY = "came", "away"


@dataclass(frozen=True)
class Line:
    """One person of the list, with the questions about them; of a party also how many of it came."""

    placement: Placement
    name: str
    written: Attendance | None
    presence: forms.BoundField
    minutes: forms.BoundField
    people: forms.BoundField | None


class AttendanceForm(forms.Form):
    """Who came, and how long; of whom nothing is said, nothing changes."""

    def __init__(self, answers: QueryDict | None, *, placements: Iterable[Placement], usual_min: int) -> None:
        super().__init__(answers)
        self.placements = list(placements)
        for row in self.placements:
            written = _written(row)
            self.fields[f"presence-{row.pk}"] = _presence(written)
            self.fields[f"minutes-{row.pk}"] = _minutes(written, usual_min)
            if row.places > 1:
                self.fields[f"people-{row.pk}"] = _people(written, row.places)

    def lines(self) -> list[Line]:
        return [self._line(row) for row in self.placements]

    def _line(self, row: Placement) -> Line:
        people = self[f"people-{row.pk}"] if row.places > 1 else None
        name = called(row.volunteer)
        return Line(row, name, _written(row), self[f"presence-{row.pk}"], self[f"minutes-{row.pk}"], people)

    def clean(self) -> None:
        for row in self.placements:
            is_there = self.cleaned_data.get(f"presence-{row.pk}") == CAME
            name = f"minutes-{row.pk}"
            if is_there and name not in self.errors and self.cleaned_data[name] is None:
                self.add_error(name, _("何分いたかを入れてください。"))

    def came(self) -> dict[int, int | None]:
        """By placement, as the service takes it."""
        said = {row.pk: self.cleaned_data[f"presence-{row.pk}"] for row in self.placements}
        nobody = {pk for pk, number in self._numbers().items() if number == 0}
        return {
            pk: self.cleaned_data[f"minutes-{pk}"] if is_ == CAME and pk not in nobody else None
            for pk, is_ in said.items()
            if is_
        }

    def people(self) -> dict[int, int]:
        """By placement, how many of a party came, where it is said."""
        return {pk: number for pk, number in self._numbers().items() if number}

    def _numbers(self) -> dict[int, int | None]:
        return {row.pk: self.cleaned_data[f"people-{row.pk}"] for row in self.placements if row.places > 1}


@never_cache
@guarded(GET="slots.attendance", POST="slots.attendance")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    slot = slot_for(request, pk, "slots.attendance")
    form = AttendanceForm(
        request.POST if request.method == "POST" else None,
        placements=recording.list_of(slot),
        usual_min=recording.minutes_of(slot),
    )

    def deed() -> str:
        count = recording.record(
            slot=slot, came=form.came(), people=form.people(), now=timezone.now(), actor=person(request)
        )
        messages.success(
            request,
            ngettext("%(count)d人の記録を保存しました。", "%(count)d人の記録を保存しました。", count)
            % {"count": count},
        )
        return reverse("organisation:attendance", args=[slot.pk])

    context = {
        **shell(request, slot),
        "lines": form.lines(),
        "total": recording.total(slot),
        "is_time": slot.starts_at - recording.BEFORE <= timezone.now(),
    }
    return act(request, "organisation/on_the_day/attendance.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="slots.attendance")
def qr_code(request: HttpRequest, pk: int) -> HttpResponse:
    slot = slot_for(request, pk, "slots.attendance")
    address = settings.SITE_URL + reverse("volunteer:attend", args=[recording.code(slot)])
    context = {**shell(request, slot), "address": address, "svg": qr.svg(address)}
    context |= {"opens_at": slot.starts_at - recording.BEFORE, "closes_at": slot.ends_at + recording.AFTER}
    return render(request, "organisation/on_the_day/qr.html", context)


def _written(placement: Placement) -> Attendance | None:
    return getattr(placement, "attendance", None)


def _presence(written: Attendance | None) -> forms.ChoiceField:
    said = [(CAME, gettext_lazy("来ました")), (AWAY, gettext_lazy("来ませんでした"))]
    return forms.ChoiceField(
        label=gettext_lazy("来ましたか"),
        choices=said if written else [*said, ("", gettext_lazy("まだわかりません"))],
        initial="" if written is None else CAME if written.came else AWAY,
        widget=forms.RadioSelect,
        required=False,
    )


def _minutes(written: Attendance | None, usual_min: int) -> NumberField:
    return NumberField(
        label=gettext_lazy("何分いましたか"),
        min_value=recording.SHORTEST_MIN,
        max_value=recording.LONGEST_MIN,
        initial=written.minutes if written and written.came else usual_min,
        required=False,
    )


def _people(written: Attendance | None, places: int) -> NumberField:
    return NumberField(
        label=gettext_lazy("何人来ましたか"),
        min_value=0,
        max_value=places,
        initial=places if written is None else written.people if written.came else 0,
        required=False,
    )
