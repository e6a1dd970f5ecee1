"""What organisations offer, as anybody may read it, and as its own organisation writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import AccessFeature, Activity, Offer, Organisation, Town
from organisations.models.offer import Help, OfferStatus
from organisations.models.pattern import When
from organisations.services.offers import approval, available, closing, search, writing
from organisations.services.offers.search import Wanted
from web.api.endpoint import Endpoint
from web.api.fields import (
    Code,
    Codes,
    Day,
    OrganisationSerializer,
    Shape,
    TermSerializer,
    TownSerializer,
    VenueSerializer,
)
from web.api.once import once
from web.api.own_organisations import OwnOrganisation, OwnVenue
from web.api.own_roles import check_venue
from web.api.paging import ByLatestId, ByNewest

MOST = 1_000_000


class OfferSerializer(serializers.ModelSerializer[Offer]):
    class Meta:
        model = Offer
        fields = [
            "id", "kind", "status", "title", "summary", "conditions", "not_possible", "organisation", "town", "venue",
            "within_km", "people", "quantity", "left", "unit", "when", "starts_on", "ends_on", "notice_days", "is_food",
            "is_unopened", "keeps_at_room_temperature", "best_before", "activities", "access", "published_at",
            "changed_at",
        ]  # fmt: skip

    title = serializers.CharField(source="label", help_text="In the language of the request, where there is one.")
    summary = serializers.CharField(source="description", help_text="In the language of the request, as the title.")
    left = serializers.IntegerField(
        allow_null=True, help_text="How many are still to be had; null where it never ends."
    )
    within_km = serializers.FloatField(allow_null=True, help_text="How far it can come; null for anywhere.")
    organisation = OrganisationSerializer()
    town = TownSerializer()
    venue = VenueSerializer(allow_null=True)
    activities = TermSerializer(many=True)
    access = TermSerializer(many=True)


class OwnOfferSerializer(OfferSerializer):
    """An offer as it is kept, in every language that was given."""

    class Meta(OfferSerializer.Meta):
        fields = [*OfferSerializer.Meta.fields, "title_en", "summary_en", "promised", "created_at"]

    title = serializers.CharField()
    summary = serializers.CharField()


class OfferQuery(Shape):
    text = serializers.CharField(max_length=100, required=False, help_text="Words that all must occur.")
    kind = serializers.ChoiceField(choices=Help.choices, required=False)
    town = serializers.PrimaryKeyRelatedField(
        queryset=Town.objects.all(), required=False, help_text="Rooms near it, and what can come there."
    )
    activity = Code(Activity, required=False, help_text="Code; those below it are found too, and what names none.")
    when = serializers.ListField(child=serializers.ChoiceField(choices=When.choices), max_length=21, required=False)
    access = Codes(AccessFeature, required=False, help_text="Codes; each must be known to be there.")


class OwnOfferQuery(Shape):
    status = serializers.ChoiceField(choices=OfferStatus.choices, required=False)


class OfferFields(Shape):
    """What an offer says; whether it is enough is checked when it is submitted."""

    title = serializers.CharField(max_length=80)
    title_en = serializers.CharField(max_length=120, required=False, allow_blank=True)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    summary_en = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    conditions = serializers.CharField(max_length=500, required=False, allow_blank=True)
    not_possible = serializers.CharField(max_length=500, required=False, allow_blank=True)
    town = serializers.PrimaryKeyRelatedField(queryset=Town.objects.all(), required=False)
    venue = OwnVenue(required=False, allow_null=True)
    within_km = serializers.FloatField(min_value=0, max_value=50, required=False, allow_null=True)
    people = serializers.IntegerField(min_value=1, max_value=1000, required=False, allow_null=True)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST, required=False, allow_null=True)
    unit = serializers.CharField(max_length=10, required=False, allow_blank=True)
    when = serializers.ListField(child=serializers.ChoiceField(choices=When.choices), max_length=21, required=False)
    starts_on = Day(required=False, allow_null=True)
    ends_on = Day(required=False, allow_null=True)
    notice_days = serializers.IntegerField(min_value=0, max_value=365, required=False)
    is_food = serializers.BooleanField(required=False)
    is_unopened = serializers.BooleanField(required=False)
    keeps_at_room_temperature = serializers.BooleanField(required=False)
    best_before = Day(required=False, allow_null=True)
    activities = Codes(Activity, required=False)
    access = Codes(AccessFeature, required=False)


class NewOfferForm(OfferFields):
    organisation = OwnOrganisation()
    kind = serializers.ChoiceField(choices=Help.choices)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_venue(attrs, attrs["organisation"])
        return attrs


class OfferForm(OfferFields):
    changed_at = serializers.DateTimeField(
        help_text="As you read it; if the offer has changed since, the answer is 409."
    )


def with_everything(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """Fetch what an offer shows in as many queries for a hundred offers as for one."""
    return rows.select_related("organisation", "town", "venue__town").prefetch_related("activities", "access")


def own_offers(endpoint: Endpoint) -> QuerySet[Offer]:
    return with_everything(Offer.objects.filter(organisation__in=Organisation.objects.of(endpoint.person)))


class Offers(Endpoint):
    rules: ClassVar = {"GET": "offers.read"}
    pagination_class = ByNewest

    @extend_schema(summary="Find offers", parameters=[OfferQuery], responses=OfferSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What one can ask for today, the latest published first."""
        found = search.narrow(available.to_be_had(now=self.now), Wanted(**self.asked(OfferQuery)))
        return self.page(with_everything(found), OfferSerializer)


class OneOffer(Endpoint):
    rules: ClassVar = {"GET": "offers.read"}

    @extend_schema(summary="One offer", responses=OfferSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OfferSerializer(self.find(with_everything(Offer.objects.public()), pk=pk)).data)


class OwnOffers(Endpoint):
    rules: ClassVar = {"GET": "offers.see_own", "POST": "offers.draft"}
    pagination_class = ByLatestId

    @extend_schema(
        summary="Offers of your organisations", parameters=[OwnOfferQuery], responses=OwnOfferSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        return self.page(own_offers(self).filter(**self.asked(OwnOfferQuery)), OwnOfferSerializer)

    @extend_schema(summary="Begin an offer", request=NewOfferForm, responses={201: OwnOfferSerializer})
    @once
    def post(self, request: Request) -> Response:
        """A draft that nobody else sees; without a town it is where the organisation is."""
        offer = writing.draft(now=self.now, actor=self.person, **self.checked(NewOfferForm))
        return Response(shown(offer), status=status.HTTP_201_CREATED)


class OneOwnOffer(Endpoint):
    rules: ClassVar = {"GET": "offers.see_own", "PATCH": "offers.change"}

    @extend_schema(summary="One offer of yours", responses=OwnOfferSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OwnOfferSerializer(self.find(own_offers(self), pk=pk)).data)

    @extend_schema(summary="Change an offer", request=OfferForm, responses=OwnOfferSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Send what changes, and `changed_at` as you read it. A vehicle and food are then looked at again."""
        offer = self.find(own_offers(self), pk=pk)
        sent = self.checked(OfferForm, partial=True)
        if "changed_at" not in sent:
            raise serializers.ValidationError(
                {"changed_at": _("読んだときの changed_at を入れてください。")}, "required"
            )
        check_venue(sent, offer.organisation)
        seen = sent.pop("changed_at")
        writing.change(offer=offer, now=self.now, actor=self.person, expected_changed_at=seen, **sent)
        return Response(shown(offer))


class Step(Endpoint):
    """One step in the life of an offer."""

    take: ClassVar[Callable[..., Offer]]

    def step(self, pk: int) -> Response:
        offer = self.find(own_offers(self), pk=pk)
        type(self).take(offer=offer, now=self.now, actor=self.person)
        return Response(shown(offer))


class SubmitOffer(Step):
    rules: ClassVar = {"POST": "offers.submit"}
    take = approval.submit

    @extend_schema(summary="Hand an offer in", request=None, responses=OwnOfferSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """A coordinator looks at it and publishes it."""
        return self.step(pk)


class CloseOffer(Step):
    rules: ClassVar = {"POST": "offers.close"}
    take = closing.close

    @extend_schema(summary="Take no more requests", request=None, responses=OwnOfferSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """What was agreed stands."""
        return self.step(pk)


def shown(offer: Offer) -> Any:
    return OwnOfferSerializer(with_everything(Offer.objects.filter(pk=offer.pk)).get()).data
