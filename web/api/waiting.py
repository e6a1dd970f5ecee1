"""Waiting for a place of a full slot, and answering when one is held."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import Role, Slot
from volunteers.models import Volunteer, Waiting
from volunteers.services.waiting_lists import waiting
from web.api.endpoint import Endpoint
from web.api.fields import Shape
from web.api.once import once
from web.api.paging import ByLatestId
from web.api.roles import SlotSerializer
from web.api.taking_part import WHOLE, JoinedSerializer, RoleNameSerializer, joined


class WaitingSerializer(serializers.ModelSerializer[Waiting]):
    class Meta:
        model = Waiting
        fields = ["id", "role", "slot", "since", "held", "offered_until", "moves", "ended_at"]

    role = RoleNameSerializer(source="slot.role")
    slot = SlotSerializer()
    held = serializers.IntegerField(min_value=0, help_text="Places that are kept for you until `offered_until`.")
    moves = serializers.IntegerField(source="slot.sequence", help_text="How often the time of the slot was moved.")


class AcceptForm(Shape):
    moves = serializers.IntegerField(
        min_value=0, max_value=32767, allow_null=True, default=None, help_text="As you read it: a yes is to that time."
    )


def own_waiting(endpoint: Endpoint) -> QuerySet[Waiting]:
    return Waiting.objects.filter(volunteer__user=endpoint.person).select_related(*WHOLE)


class Wait(Endpoint):
    rules: ClassVar = {"POST": "slots.wait"}

    @extend_schema(summary="Wait for a place of a full slot", request=None, responses={201: WaitingSerializer})
    @once
    def post(self, request: Request, pk: int) -> Response:
        slot = self.find(Slot.objects.filter(role__in=Role.objects.public()), pk=pk)
        volunteer = Volunteer.objects.get(user=self.person)
        row = waiting.join_queue(volunteer=volunteer, slot=slot, now=self.now, actor=self.person)
        return Response(WaitingSerializer(own_waiting(self).get(pk=row.pk)).data, status=status.HTTP_201_CREATED)


class OwnWaiting(Endpoint):
    rules: ClassVar = {"GET": "waiting.see"}
    pagination_class = ByLatestId

    @extend_schema(summary="What you wait for", responses=WaitingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The latest first, what has ended too."""
        return self.page(own_waiting(self), WaitingSerializer)


class AcceptWaiting(Endpoint):
    rules: ClassVar = {"POST": "waiting.accept"}

    @extend_schema(summary="Take a place that is kept for you", request=AcceptForm, responses={201: JoinedSerializer})
    @once
    def post(self, request: Request, pk: int) -> Response:
        row = self.find(own_waiting(self), pk=pk)
        moves = self.checked(AcceptForm)["moves"]
        made = waiting.accept(waiting=row, now=self.now, actor=self.person, seen=moves)
        return Response(joined(self, made), status=status.HTTP_201_CREATED)


class LeaveWaiting(Endpoint):
    rules: ClassVar = {"POST": "waiting.leave"}

    @extend_schema(summary="Wait no longer", request=None, responses=WaitingSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Also says no to what is kept for you; doing so again changes nothing."""
        waiting.leave(waiting=self.find(own_waiting(self), pk=pk), now=self.now, actor=self.person)
        return Response(WaitingSerializer(own_waiting(self).get(pk=pk)).data)
