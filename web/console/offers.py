"""Looking through offers: what waits in one's area, the law and insurance of vehicles, and proposing one by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from organisations.models import Cooperation, Need, Offer, Organisation, Role
from organisations.models.cooperation import ProposedBy
from organisations.models.offer import OfferStatus
from organisations.services.cooperations import asking, sides
from organisations.services.coordinating import desks
from organisations.services.offers import approval, vehicles
from web import cooperating
from web.console.forms import OF_OFFERS, ApproveForm, SendBackForm
from web.fields import CHOOSE_FROM_LIST, TextField
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

PER_PAGE = 20
# More than anybody reads in one list; what is not among them is asked for by its own page.
MOST_TO_CHOOSE = 100
BEING_SEEN = (OfferStatus.WAITING, OfferStatus.OPEN)


class VehicleForm(forms.Form):
    law = forms.BooleanField(
        label=gettext_lazy("道路運送法などの法律に合うことを、提供する側と確かめました"),
        error_messages={"required": gettext_lazy("確かめてから、印をつけてください。")},
    )
    insurance = forms.BooleanField(
        label=gettext_lazy("人を乗せたときの保険があることを、確かめました"),
        error_messages={"required": gettext_lazy("確かめてから、印をつけてください。")},
    )


class ProposeForm(cooperating.TermsForm):
    """A need, a role or a group of one's area; a time may be settled later."""

    wanted = forms.ChoiceField(label=gettext_lazy("どこにつなぎますか"), error_messages=CHOOSE_FROM_LIST)
    purpose = TextField(
        label=gettext_lazy("何に使うか"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("両方の団体にとどきます。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, offer: Offer, wanted: Wanted, **kwargs: Any) -> None:
        super().__init__(*args, offer=offer, **kwargs)
        self.rows = wanted.rows()
        self.fields["wanted"].choices = wanted.choices(self.rows)  # type: ignore[attr-defined]
        for name in ("day", "begins", "ends"):
            self.fields[name].required = False
        self.initial.setdefault("quantity", 1)

    def chosen(self) -> dict[str, Any]:
        """Return need, role and host as ``cooperations.asking.propose`` takes them."""
        row = self.rows[self.cleaned_data["wanted"]]
        if isinstance(row, Need):
            return {"need": row, "host": sides.host_of(row)}
        return {"role": row, "host": row.organisation} if isinstance(row, Role) else {"host": row}


class Wanted:
    """What of an area an offer could be brought together with."""

    def __init__(self, request: HttpRequest, offer: Offer) -> None:
        user = person(request)
        needs = Need.objects.open().in_area_of(user).select_related("host", "desk__organisation")
        roles = Role.objects.open().filter(pk__in=Role.objects.in_area_of(user).values("pk"))
        groups = Organisation.objects.approved().in_area_of(user).exclude(pk=offer.organisation_id)
        self._found: dict[str, list[Any]] = {
            "need": list(needs[:MOST_TO_CHOOSE]),
            "role": list(
                roles.exclude(organisation=offer.organisation_id).select_related("organisation")[:MOST_TO_CHOOSE]
            ),
            "group": list(groups[:MOST_TO_CHOOSE]),
        }

    def rows(self) -> dict[str, Any]:
        return {f"{kind}-{row.pk}": row for kind, rows in self._found.items() for row in rows}

    def choices(self, rows: dict[str, Any]) -> list[Any]:
        names = {"need": _("地域ニーズ"), "role": _("募集"), "group": _("団体")}
        grouped = [
            (name, [(key, str(row)) for key, row in rows.items() if key.startswith(kind)])
            for kind, name in names.items()
        ]
        return [("", _("えらんでください")), *[group for group in grouped if group[1]]]


@never_cache
@guarded(GET="offers.review")
def index(request: HttpRequest) -> HttpResponse:
    """Those that wait first, the longest waiting before the others; for a need, what would help there."""
    rows, need = Offer.objects.in_area_of(person(request)).filter(status__in=BEING_SEEN), _need_named(request)
    if need is not None:
        rows = rows.filter(kind__in=need.helps)
    first = Case(When(status=OfferStatus.WAITING, then=0), default=1)
    found = rows.select_related("organisation", "town").order_by(first, "submitted_at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/offers/index.html", {"page": page, "need": need})


@never_cache
@guarded(GET="offers.review")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _found(request, pk, "offers.review")
    context = {"form": ApproveForm(), "named": _named(request), **_all_about(offer)}
    return render(request, "console/offers/offer.html", context)


@never_cache
@guarded(POST="offers.publish")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _found(request, pk, "offers.publish")
    form = ApproveForm(request.POST)

    def deed() -> str:
        by, seen = _by(request, offer), form.cleaned_data["seen"]
        approval.publish(offer=offer, now=timezone.now(), expected_changed_at=seen, **by)
        messages.success(request, _("「%(offer)s」を公開しました。") % {"offer": offer.label})
        return reverse("console:offer", args=[pk])

    return act(request, "console/offers/offer.html", form=form, deed=deed, context=_all_about(offer))


@never_cache
@guarded(POST="offers.publish")
def check_vehicle(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _found(request, pk, "offers.publish")
    form = VehicleForm(request.POST)

    def deed() -> str:
        vehicles.check(offer=offer, now=timezone.now(), actor=person(request))
        messages.success(request, _("法律と保険を確かめたことを記録しました。"))
        return reverse("console:offer", args=[pk])

    context = {**_all_about(offer), "vehicle_form": form}
    return act(request, "console/offers/offer.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="offers.review", POST="offers.publish")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _found(request, pk, "offers.publish")
    form = SendBackForm(request.POST if request.method == "POST" else None, ready=OF_OFFERS)

    def deed() -> str:
        approval.send_back(offer=offer, now=timezone.now(), reason=form.reason, **_by(request, offer))
        messages.success(request, _("書き直しをお願いしました。直したものが、またここにとどきます。"))
        return reverse("console:offers")

    context = {"what": offer.label, "whose": offer.organisation.name, "back": reverse("console:offer", args=[pk])}
    return act(request, "console/send_back.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="cooperations.propose", POST="cooperations.propose")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _found(request, pk, "cooperations.propose")
    sent = request.POST if request.method == "POST" else None
    need = _need_named(request)
    begun = {"wanted": f"need-{need.pk}"} if need is not None else {}
    form = ProposeForm(sent, offer=offer, wanted=Wanted(request, offer), initial=begun)

    def deed() -> str:
        row = asking.propose(
            offer=offer,
            proposed_by=ProposedBy.DESK,
            purpose=form.cleaned_data["purpose"],
            now=timezone.now(),
            actor=person(request),
            **form.chosen(),
            **form.terms(),
        )
        messages.success(request, _("両方の団体に、協力を提案しました。"))
        return reverse("console:cooperation", args=[row.pk])

    template = "console/offers/propose.html"
    context = {"offer": offer, "named": _named(request)}
    return act(request, template, form=form, deed=deed, context=context, field_of=cooperating.field_of)


def _need_named(request: HttpRequest) -> Need | None:
    """Return the need that somebody comes from, by ``?need=``; None where there is none of theirs."""
    asked = request.GET.get("need", "")
    return Need.objects.open().in_area_of(person(request)).filter(pk=asked).first() if asked.isdecimal() else None


def _named(request: HttpRequest) -> str:
    """Return what carries that need on to the next address."""
    need = _need_named(request)
    return f"?need={need.pk}" if need is not None else ""


def _found(request: HttpRequest, pk: int, rule: str) -> Offer:
    rows = Offer.objects.in_area_of(person(request)).exclude(status=OfferStatus.DRAFT)
    offer = get_object_or_404(rows.select_related("organisation__town", "town", "venue", "vehicle_checked_by"), pk=pk)
    require(request.user, rule, offer)
    return offer


def _by(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    user = person(request)
    return {"actor": user, "by_desk": desks.of_coordinator(user, [offer.organisation.town, offer.town])}


def _all_about(offer: Offer) -> dict[str, Any]:
    return {
        "offer": offer,
        "vehicle_form": VehicleForm(),
        "is_public": offer.status in (OfferStatus.OPEN, OfferStatus.CLOSED) and offer.organisation.is_approved,
        "reviews": offer.reviews.select_related("by", "desk__organisation").order_by("-at", "-pk"),
        "cooperations": Cooperation.objects.filter(offer=offer).select_related("host", "offer").in_order()[:PER_PAGE],
    }
