"""What may be used elsewhere, with its terms: the same as on the page of open data."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.publicity.published import Published, Time
from organisations.services.made_public import publishing
from web.api.endpoint import Endpoint
from web.api.fields import Shape

MOST = 500


class PlaceShape(Shape):
    name = serializers.CharField(allow_blank=True)
    address = serializers.CharField(source="where", allow_blank=True)
    lat = serializers.FloatField(allow_null=True)
    lng = serializers.FloatField(allow_null=True)


class EventShape(Shape):
    """One coming time of a role."""

    id = serializers.IntegerField(help_text="The number of the time.")
    title = serializers.CharField(help_text="In the language of the request, where there is one.")
    description = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(allow_null=True, help_text="Any so many minutes of it, where given.")
    capacity = serializers.IntegerField()
    organiser = serializers.CharField()
    place = PlaceShape(allow_null=True)
    url = serializers.URLField()


class EventsShape(Shape):
    licence = serializers.CharField()
    licence_url = serializers.URLField()
    events = EventShape(many=True)


class Events(Endpoint):
    rules: ClassVar = {"GET": "open_data.read"}

    @extend_schema(summary="Coming times of all roles, as open data", responses=EventsShape)
    def get(self, request: Request) -> Response:
        """The first 500, the next one first. For more, and for what is gone, follow the RPDE feed."""
        now = self.now
        found = publishing.with_next_times(publishing.roles(), now, at_most=MOST)
        told = [publishing.of_role(one, now=now) for one in found]
        events = sorted((_event(one, time) for one in told for time in one.times), key=lambda one: one["starts_at"])
        terms = {"licence": settings.OPEN_DATA_LICENCE, "licence_url": settings.OPEN_DATA_LICENCE_URL}
        return Response(EventsShape({**terms, "events": events[:MOST]}).data)


def _event(one: Published, time: Time) -> dict[str, Any]:
    return {
        "id": time.ref,
        "title": one.title,
        "description": one.what,
        "starts_at": time.starts_at,
        "ends_at": time.ends_at,
        "minutes": time.minutes,
        "capacity": time.capacity,
        "organiser": one.who,
        "place": one.place,
        "url": one.url,
    }
