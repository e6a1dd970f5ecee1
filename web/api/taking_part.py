"""Joining, one's own places and what one asked for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from matching.services.leaving import stepping_back
from organisations.models import Role, Slot
from volunteers.models import Application, Placement, Volunteer
from volunteers.services.taking_part import joining
from web.api.endpoint import Endpoint
from web.api.fields import Shape
from web.api.once import once
from web.api.paging import ByLatestId
from web.api.roles import SlotSerializer

WHOLE = ("slot__role__organisation", "slot__role__venue__town", "volunteer")


class RoleNameSerializer(serializers.ModelSerializer[Role]):
    class Meta:
        model = Role
        fields = ["id", "title", "status"]

    title = serializers.CharField(source="label")


class PlaceSerializer(serializers.ModelSerializer[Placement]):
    class Meta:
        model = Placement
        fields = ["id", "role", "slot", "places", "agreed_at", "cancelled_at"]

    role = RoleNameSerializer(source="slot.role")
    slot = SlotSerializer()


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    class Meta:
        model = Application
        fields = ["id", "role", "slot", "status", "note", "asked_at", "answered_at"]

    role = RoleNameSerializer(source="slot.role")
    slot = SlotSerializer()


class JoinForm(Shape):
    note = serializers.CharField(max_length=500, allow_blank=True, default="", help_text="For the organisation.")


class JoinedSerializer(Shape):
    """One of the two: a place at once, or a question that the organisation answers first."""

    place = PlaceSerializer(allow_null=True)
    application = ApplicationSerializer(allow_null=True)


class Join(Endpoint):
    rules: ClassVar = {"POST": "slots.join"}

    @extend_schema(summary="Join a slot", request=JoinForm, responses={201: JoinedSerializer})
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Under 16 a coordinator looks first."""
        slot = self.find(Slot.objects.filter(role__in=Role.objects.public()), pk=pk)
        volunteer = Volunteer.objects.get(user=self.person)
        note = self.checked(JoinForm)["note"]
        made = joining.join(volunteer=volunteer, slot=slot, now=self.now, actor=self.person, note=note)
        return Response(joined(self, made), status=status.HTTP_201_CREATED)


def joined(endpoint: Endpoint, made: Placement | Application) -> Any:
    """Return what came of joining, as `JoinedSerializer` says it."""
    found = {
        "place": own_places(endpoint).get(pk=made.pk) if isinstance(made, Placement) else None,
        "application": own_applications(endpoint).get(pk=made.pk) if isinstance(made, Application) else None,
    }
    return JoinedSerializer(found).data


def own_places(endpoint: Endpoint) -> QuerySet[Placement]:
    return Placement.objects.filter(volunteer__user=endpoint.person).select_related(*WHOLE)


def own_applications(endpoint: Endpoint) -> QuerySet[Application]:
    return Application.objects.filter(volunteer__user=endpoint.person).select_related(*WHOLE)


class Places(Endpoint):
    rules: ClassVar = {"GET": "places.see"}
    pagination_class = ByLatestId

    @extend_schema(summary="Where you take part", responses=PlaceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The latest agreed first, cancelled ones too."""
        return self.page(own_places(self), PlaceSerializer)


class CancelPlace(Endpoint):
    rules: ClassVar = {"POST": "places.cancel"}

    @extend_schema(summary="Give a place back", request=None, responses=PlaceSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        place = self.find(own_places(self), pk=pk)
        stepping_back.cancel(placement=place, now=self.now, actor=self.person)
        return Response(PlaceSerializer(own_places(self).get(pk=pk)).data)


class Applications(Endpoint):
    rules: ClassVar = {"GET": "applications.see_own"}
    pagination_class = ByLatestId

    @extend_schema(summary="What you asked for", responses=ApplicationSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.page(own_applications(self), ApplicationSerializer)


class Withdraw(Endpoint):
    rules: ClassVar = {"POST": "applications.withdraw"}

    @extend_schema(summary="Take a question back", request=None, responses=ApplicationSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        application = self.find(own_applications(self), pk=pk)
        stepping_back.withdraw(application=application, now=self.now, actor=self.person)
        return Response(ApplicationSerializer(own_applications(self).get(pk=pk)).data)
