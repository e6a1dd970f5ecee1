"""What companies, facilities, schools and shops have to give, for anybody to read; groups can ask for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from organisations.models import AccessFeature, Activity, Offer
from organisations.models.offer import Help, OfferQuerySet
from organisations.models.pattern import When
from organisations.services import desks
from organisations.services.cooperations import bookings
from organisations.services.offers import available, search
from organisations.services.offers.search import Wanted
from web.fields import TextField, TownField
from web.nothing import NO_OFFERS
from web.permissions import guarded, may, require

PER_PAGE = 12
MOST_TAKEN = 30
CHOOSE = {"invalid_choice": _("一覧からえらんでください。")}


class OfferFilter(forms.Form):
    use_required_attribute = False

    words = TextField(
        label=_("さがすことば"),
        max_length=100,
        required=False,
        help_text=_("例: 会議室、いす、送迎"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("さがしているもの"), choices=[("", _("すべて")), *Help.choices], required=False, error_messages=CHOOSE
    )
    activity = forms.ModelChoiceField(
        Activity.objects.filter(parent=None),
        label=_("活動分野"),
        required=False,
        to_field_name="code",
        empty_label=_("すべて"),
        error_messages=CHOOSE,
    )
    town = TownField(label=_("使いたい町"), required=False, empty_label=_("えらばない"))
    when = forms.ChoiceField(
        label=_("いつごろ"), choices=[("", _("いつでも")), *When.choices], required=False, error_messages=CHOOSE
    )
    access = forms.ModelMultipleChoiceField(
        AccessFeature.objects.filter(is_filter=True, is_about_place=True),
        label=_("使いやすさ"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            text=said["words"],
            kind=said["kind"],
            activity=said["activity"],
            town=said["town"],
            when=[said["when"]] if said["when"] else [],
            access=said["access"],
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the words and the kind is asked for: then the other questions are shown open."""
        return bool(self.errors) or any(self.data.get(name) for name in self.fields.keys() - {"words", "kind"})


@guarded(GET="pages.read")
def index(request: HttpRequest) -> HttpResponse:
    form = OfferFilter(request.GET or QueryDict())
    found = _look(form)
    if found is None:
        context: dict[str, Any] = {"form": form, "desks": desks.for_town(None)}
        return render(request, "public/offers.html", context, status=400)
    page, town = Paginator(found, PER_PAGE).get_page(request.GET.get("page")), form.cleaned_data["town"]
    context = {"form": form, "page": page, "town": town, "nothing": NO_OFFERS}
    return render(request, "public/offers.html", context | {"desks": [] if page.object_list else desks.for_town(town)})


@guarded(GET="offers.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Offer.objects.public().select_related("organisation__town", "town", "venue")
    offer = get_object_or_404(rows, pk=pk)
    require(request.user, "offers.read", offer)
    now = timezone.now()
    context = {
        "offer": offer,
        "is_to_be_had": available.to_be_had(now=now).filter(pk=pk).exists(),
        "may_ask": may(request.user, "cooperations.ask", offer),
        "taken": bookings.ahead(offer=offer, now=now)[:MOST_TAKEN] if offer.is_exclusive else [],
        "desks": desks.for_town(offer.organisation.town),
        "town": offer.organisation.town,
    }
    return render(request, "public/offer.html", context)


def _look(form: OfferFilter) -> OfferQuerySet | None:
    """Return what was asked for, or nothing where the question cannot be answered; the form then says why."""
    if form.is_valid():
        try:
            return search.narrow(available.to_be_had(now=timezone.now()), form.wanted())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    return None
