"""The times of one's own roles."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import Organisation, Slot
from organisations.services.times import slots
from volunteers.services.taking_part import placements
from web.api.endpoint import Endpoint
from web.api.fields import Shape
from web.api.once import once
from web.api.own_roles import own_roles
from web.api.roles import SlotSerializer


class SlotForm(Shape):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(
        min_value=5, max_value=1440, allow_null=True, default=None, help_text="So many minutes anywhere in between."
    )
    capacity = serializers.IntegerField(min_value=1, max_value=1000)


class OwnSlots(Endpoint):
    rules: ClassVar = {"POST": "slots.add"}

    @extend_schema(summary="Add a slot to a role", request=SlotForm, responses={201: SlotSerializer})
    @once
    def post(self, request: Request, pk: int) -> Response:
        """A role that was full opens again."""
        role = self.find(own_roles(self), pk=pk)
        slot = slots.add(role=role, now=self.now, actor=self.person, **self.checked(SlotForm))
        return Response(SlotSerializer(slot).data, status=status.HTTP_201_CREATED)


class CancelSlot(Endpoint):
    rules: ClassVar = {"POST": "slots.change"}

    @extend_schema(summary="Call a slot off", request=None, responses=SlotSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Everybody who was coming, or asked to, is told."""
        own = Slot.objects.filter(role__organisation__in=Organisation.objects.of(self.person))
        slot = self.find(own.select_related("role__organisation"), pk=pk)
        cancelled = placements.cancel_slot(slot=slot, now=self.now, actor=self.person)
        return Response(SlotSerializer(cancelled).data)
