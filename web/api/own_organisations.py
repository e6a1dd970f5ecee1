"""The organisations one acts for, and their venues."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import Organisation, Town, Venue
from organisations.services import venues
from web.api.endpoint import Endpoint
from web.api.fields import Shape, TownSerializer, VenueSerializer
from web.api.once import once
from web.api.paging import ByLatestId
from web.permissions import require


class OwnOrganisationSerializer(serializers.ModelSerializer[Organisation]):
    class Meta:
        model = Organisation
        fields = ["id", "name", "kana", "kind", "town", "about", "phone", "email", "website", "approval"]

    town = TownSerializer()


class OwnOrganisation(serializers.PrimaryKeyRelatedField[Organisation]):
    """One of the organisations that the sender acts for; another's does not exist here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Organisation.objects.all(), **options)

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.of(self.context["request"].user)


class OwnVenue(serializers.PrimaryKeyRelatedField[Venue]):
    """A venue of one of the organisations that the sender acts for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Venue.objects.all(), **options)

    def get_queryset(self) -> QuerySet[Venue]:
        own = Organisation.objects.of(self.context["request"].user)
        return Venue.objects.filter(organisation__in=own).select_related("town")


class OwnOrganisations(Endpoint):
    rules: ClassVar = {"GET": "organisations.see_own"}

    @extend_schema(summary="The organisations you act for", responses=OwnOrganisationSerializer(many=True))
    def get(self, request: Request) -> Response:
        own = Organisation.objects.of(self.person).select_related("town")
        return Response(OwnOrganisationSerializer(own, many=True).data)


class VenueForm(Shape):
    organisation = OwnOrganisation()
    name = serializers.CharField(max_length=80)
    town = serializers.PrimaryKeyRelatedField(queryset=Town.objects.all())
    address = serializers.CharField(max_length=120, required=False, allow_blank=True)
    lat = serializers.FloatField(required=False, allow_null=True, help_text="Degrees; without, the town's point.")
    lng = serializers.FloatField(required=False, allow_null=True)


class OwnVenueSerializer(VenueSerializer):
    class Meta(VenueSerializer.Meta):
        fields = [*VenueSerializer.Meta.fields, "organisation"]


class OwnVenues(Endpoint):
    rules: ClassVar = {"GET": "organisations.see_own", "POST": "organisations.add_venue"}
    pagination_class = ByLatestId

    @extend_schema(summary="Venues of your organisations", responses=OwnVenueSerializer(many=True))
    def get(self, request: Request) -> Response:
        own = Venue.objects.filter(organisation__in=Organisation.objects.of(self.person))
        return self.page(own.select_related("town"), OwnVenueSerializer)

    @extend_schema(summary="Add a venue", request=VenueForm, responses={201: OwnVenueSerializer})
    @once
    def post(self, request: Request) -> Response:
        """A public place with its exact point; never somebody's home."""
        sent = self.checked(VenueForm)
        require(self.person, "organisations.add_venue", sent["organisation"])
        venue = venues.add(now=self.now, actor=self.person, **sent)
        return Response(OwnVenueSerializer(venue).data, status=status.HTTP_201_CREATED)
