"""Who asked to take part in the roles of one's organisation."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import Organisation
from volunteers.models import Application
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import applications, clock
from web.api.endpoint import Endpoint
from web.api.fields import Shape
from web.api.once import once
from web.api.paging import ByLatestAsked
from web.api.taking_part import WHOLE, ApplicationSerializer


class ReceivedApplicationSerializer(ApplicationSerializer):
    """A name and a note: never a town, a distance, an age or an address."""

    class Meta(ApplicationSerializer.Meta):
        fields = [*ApplicationSerializer.Meta.fields, "name", "people", "answer_by"]

    id = serializers.UUIDField(source="public_id", help_text="No number: gaps would tell of what has not reached you.")
    name = serializers.CharField(source="volunteer.user.name", help_text="What the person likes to be called.")
    people = serializers.IntegerField(source="volunteer.party_size", help_text="How many come together.")
    answer_by = serializers.SerializerMethodField(
        help_text="The end of the second working day after it reached you, the day before at the latest; null: at once."
    )

    def get_answer_by(self, application: Application) -> dt.datetime | None:
        released_at = application.released_at
        return None if released_at is None else clock.since(released_at, application.slot).until


class ReceivedQuery(Shape):
    role = serializers.IntegerField(min_value=1, required=False)
    status = serializers.ChoiceField(choices=ApplicationStatus.choices, required=False)


def received(endpoint: Endpoint) -> QuerySet[Application]:
    """What has reached one's organisations: somebody under 16 only after a coordinator has looked."""
    own = Organisation.objects.of(endpoint.person)
    whole = Application.objects.known_to_hosts().select_related(*WHOLE, "volunteer__user")
    return whole.filter(slot__role__organisation__in=own)


class ReceivedApplications(Endpoint):
    rules: ClassVar = {"GET": "applications.see"}
    pagination_class = ByLatestAsked

    @extend_schema(
        summary="Who asked to take part", parameters=[ReceivedQuery], responses=ReceivedApplicationSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        asked = self.asked(ReceivedQuery)
        found = received(self)
        if "role" in asked:
            found = found.filter(slot__role=asked["role"])
        if "status" in asked:
            found = found.filter(status=asked["status"])
        return self.page(found, ReceivedApplicationSerializer)


class Accept(Endpoint):
    rules: ClassVar = {"POST": "applications.answer"}

    @extend_schema(summary="Say yes", request=None, responses=ReceivedApplicationSerializer)
    @once
    def post(self, request: Request, public_id: UUID) -> Response:
        """A place of the slot is theirs, and they are told."""
        applications.accept(application=self.find(received(self), public_id=public_id), now=self.now, actor=self.person)
        return Response(ReceivedApplicationSerializer(received(self).get(public_id=public_id)).data)


class Decline(Endpoint):
    rules: ClassVar = {"POST": "applications.answer"}

    @extend_schema(summary="Say no, kindly", request=None, responses=ReceivedApplicationSerializer)
    @once
    def post(self, request: Request, public_id: UUID) -> Response:
        applications.decline(
            application=self.find(received(self), public_id=public_id), now=self.now, actor=self.person
        )
        return Response(ReceivedApplicationSerializer(received(self).get(public_id=public_id)).data)
