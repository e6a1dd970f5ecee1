"""What the pages of both organisations and of the desk share about a cooperation: its three sides, and their forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from matching.services.proposing.offer_reasons import offer_reasons
from organisations.models import Cooperation, Offer
from organisations.models.cooperation import CooperationStatus, Side
from organisations.models.offer import Help
from organisations.services.cooperations import agreeing, asking, bookings, ending, held, terms
from web.fields import CHOOSE_FROM_LIST, DayField, HourField, NumberField, TextField
from web.hours import span
from web.page import act
from web.signed_in import person

HOW_MANY = {
    Help.PEOPLE: _("何人に来てほしいですか"),
    Help.ROOM: _("何人で使いますか"),
    Help.VEHICLE: _("何人で乗りますか"),
    Help.GOODS: _("いくつ、いりますか"),
}


@dataclass(frozen=True)
class Said:
    """What one side has said; ``is_asked`` where the reader may still say it for them."""

    side: Side
    who: str
    at: dt.datetime | None
    is_asked: bool


class SideForm(forms.Form):
    """For whom somebody speaks: most people have one side, and are not asked."""

    side = forms.ChoiceField(label=_("どちらの側として"), widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST)

    def __init__(self, *args: Any, sides: Sequence[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["side"]
        field.choices = [(side.value, side.label) for side in sides]  # type: ignore[attr-defined]
        if len(sides) == 1:
            field.widget, field.initial = forms.HiddenInput(), sides[0].value


class EndForm(SideForm):
    reason = TextField(
        label=_("理由"),
        max_length=500,
        help_text=_("ほかの側にそのまま伝わります。例: その日は別の予定が入っています"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TermsForm(forms.Form):
    """When, and how many. A room and a vehicle need a time; of know-how there is only one."""

    day = DayField(label=_("日にち"), required=False)
    begins = HourField(label=_("はじまり"), required=False)
    ends = HourField(label=_("おわり"), required=False)
    quantity = NumberField(min_value=1, max_value=terms.MOST)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offer.kind == Help.KNOW_HOW:
            del self.fields["quantity"]
        else:
            self.fields["quantity"].label = HOW_MANY[Help(offer.kind)]
        for name in ("day", "begins", "ends"):
            self.fields[name].required = offer.is_exclusive

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        given = [name for name in ("day", "begins", "ends") if answers.get(name) is not None]
        if given and len(given) < 3 and not self.errors:
            self.add_error("day", _("日にち、はじまり、おわりを、そろえて入れてください。"))
        return answers

    def terms(self) -> dict[str, Any]:
        """Return the answers as ``cooperations.asking.propose`` takes them."""
        said = self.cleaned_data
        times = (None, None) if said["day"] is None else span(said["day"], said["begins"], said["ends"])
        return {"starts_at": times[0], "ends_at": times[1], "quantity": said.get("quantity", 1)}


class ArrangeForm(TermsForm, SideForm):
    """Another time or number, for one of the sides."""


def field_of(refusal: DomainError) -> str | None:
    """Beside which question a refusal is shown."""
    if isinstance(refusal, terms.BadTime | terms.OutsideOffer | bookings.AlreadyBooked):
        return "day"
    if isinstance(refusal, terms.TooMany | bookings.NotEnoughLeft):
        return "quantity"
    return "purpose" if isinstance(refusal, asking.PurposeMissing) else None


def as_agreed(row: Cooperation) -> dict[str, Any]:
    """Return the time and number of a cooperation as answers."""
    if row.starts_at is None or row.ends_at is None:
        return {"quantity": row.quantity}
    first, last = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return {"day": first.date(), "begins": first.time(), "ends": last.time(), "quantity": row.quantity}


def context_of(row: Cooperation, sides: Sequence[Side], space: str) -> dict[str, Any]:
    """Return what ``parts/cooperation.html`` shows to who speaks for *sides*, with the addresses of *space*."""
    asked = set(sides) if row.status == CooperationStatus.PROPOSED else set()
    who = {Side.OFFER: row.offer.organisation.name, Side.HOST: row.host.name, Side.DESK: ""}
    said = [(side, getattr(row, f"{side.value}_agreed_at")) for side in Side]
    reasons = [words for side in sides for words in offer_reasons(row, side)] if asked else []
    return {
        "row": row,
        "said": [Said(side, who[side], at, at is None and side in asked) for side, at in said],
        "reasons": list(dict.fromkeys(reasons)),
        "is_alive": row.status in held.ALIVE,
        "has_begun": row.starts_at is None or row.starts_at <= timezone.now(),
        "to": {
            "agree": _address(space, "agree_to_cooperation", row),
            "arrange": _address(space, "arrange_cooperation", row),
            "end": _address(space, "end_cooperation", row),
            "finish": _address(space, "finish_cooperation", row),
        },
    }


def agree(request: HttpRequest, row: Cooperation, sides: Sequence[Side], template: str, space: str) -> HttpResponse:
    form = SideForm(request.POST, sides=sides)

    def deed() -> str:
        done = agreeing.agree(
            cooperation=row, side=form.cleaned_data["side"], now=timezone.now(), actor=person(request)
        )
        is_settled = done.status == CooperationStatus.AGREED
        messages.success(
            request,
            _("みなさんの返事がそろい、協力が決まりました。")
            if is_settled
            else _("「よい」と伝えました。ほかの側の返事を待ちます。"),
        )
        return _address(space, "cooperation", row)

    return act(request, template, form=form, deed=deed, context=context_of(row, sides, space))


def arrange(request: HttpRequest, row: Cooperation, sides: Sequence[Side], template: str, space: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ArrangeForm(sent, offer=row.offer, sides=sides, initial=as_agreed(row))

    def deed() -> str:
        terms, side = form.terms(), form.cleaned_data["side"]
        asking.arrange(cooperation=row, side=side, now=timezone.now(), actor=person(request), **terms)
        messages.success(request, _("新しい案を伝えました。ほかの側の返事を待ちます。"))
        return _address(space, "cooperation", row)

    context = {**context_of(row, sides, space), "back": _address(space, "cooperation", row)}
    return act(request, template, form=form, deed=deed, context=context, field_of=field_of)


def end(request: HttpRequest, row: Cooperation, sides: Sequence[Side], template: str, space: str) -> HttpResponse:
    form = EndForm(request.POST if request.method == "POST" else None, sides=sides)

    def deed() -> str:
        ending.end(cooperation=row, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("とりやめにしました。ほかの側に、理由といっしょに伝えます。"))
        return _address(space, "cooperation", row)

    context = {**context_of(row, sides, space), "back": _address(space, "cooperation", row)}
    return act(request, template, form=form, deed=deed, context=context)


def finish(request: HttpRequest, row: Cooperation, sides: Sequence[Side], template: str, space: str) -> HttpResponse:
    def deed() -> str:
        ending.finish(cooperation=row, now=timezone.now(), actor=person(request))
        messages.success(request, _("終わったことを記録しました。おつかれさまでした。"))
        return _address(space, "cooperation", row)

    return act(request, template, form=forms.Form(request.POST), deed=deed, context=context_of(row, sides, space))


def _address(space: str, name: str, row: Cooperation) -> str:
    return reverse(f"{space}:{name}", args=[row.pk])
