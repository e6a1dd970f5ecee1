"""What became of the newest run in a coordinator's area, and what would open a role to more people."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from matching.services.explaining import changes, reach, trace
from matching.services.running import runs
from organisations.models import Role
from web.api.endpoint import Endpoint
from web.api.errors import ErrorEnvelopeSerializer
from web.api.fields import Shape
from web.api.own_roles import own_roles
from web.api.taking_part import RoleNameSerializer


class OpenedSerializer(Shape):
    what = serializers.CharField(help_text="One change, in words.")
    more = serializers.IntegerField(help_text="So many more people could come.")


class PriceSerializer(Shape):
    role = RoleNameSerializer()
    price = serializers.FloatField(
        help_text="Taken off the role's score: above 0 where too many would come, below 0 where too few."
    )
    need = serializers.IntegerField(help_text="Free places.")
    expected = serializers.FloatField(help_text="People who will probably say yes.")
    shown = serializers.IntegerField(help_text="People who are told.")
    given = serializers.IntegerField(help_text="Of these, so many so that the role is not left behind.")


class UnderFloorSerializer(Shape):
    role = RoleNameSerializer()
    shown = serializers.IntegerField(help_text="People who are told.")
    fit = serializers.IntegerField(help_text="People who could come and would like to.")
    why = serializers.CharField(help_text="Why no more are told, in words.")


class BlockedSerializer(Shape):
    role = RoleNameSerializer(source="served.role")
    could_come = serializers.IntegerField(source="served.could_come")
    binding = serializers.CharField(source="served.binding", help_text="The condition to think about first.")
    others = serializers.IntegerField(source="served.others", help_text="People whom it shuts out.")
    best = OpenedSerializer(allow_null=True, help_text="What would help most, for the scarcest; ask for the others.")


class Numbers(serializers.DictField):
    child = serializers.FloatField()


class TraceSerializer(Shape):
    id = serializers.IntegerField(source="run.pk")
    as_of = serializers.DateTimeField(source="run.as_of")
    finished_at = serializers.DateTimeField(source="run.finished_at", allow_null=True)
    parts_done = serializers.IntegerField()
    parts_all = serializers.IntegerField()
    people = serializers.IntegerField(source="progress.volunteers_done")
    seconds = serializers.FloatField(source="progress.seconds")
    weights = Numbers(help_text="Signal → what it counts.")
    numbers = Numbers(help_text="What was shared out.")
    rounds = serializers.ListField(child=Numbers(), help_text="How prices settled, round by round.")
    before = Numbers(help_text="What plain lists would have reached.")
    after = Numbers(help_text="What was reached.")
    sharing_seconds = Numbers(source="seconds", help_text="How long the steps of the sharing took.")
    highest = PriceSerializer(many=True, help_text="Roles that too many would come to.")
    lowest = PriceSerializer(many=True, help_text="Roles that too few would come to.")
    floors = PriceSerializer(many=True, help_text="Roles that were given people.")
    under_floor = UnderFloorSerializer(many=True)
    blocked = BlockedSerializer(many=True, help_text="Roles that hardly anybody could come to.")


class LatestRunSerializer(Shape):
    run = TraceSerializer(allow_null=True, help_text="Nothing before the first run has ended.")


class LatestRun(Endpoint):
    rules: ClassVar = {"GET": "runs.see"}

    @extend_schema(summary="What became of the newest run", responses=LatestRunSerializer)
    def get(self, request: Request) -> Response:
        """Numbers of the whole run, and the roles of your area."""
        run = runs.latest()
        area = Role.objects.in_area_of(self.person)
        found = trace.of(run=run, now=self.now, roles=area) if run is not None else None
        return Response(LatestRunSerializer({"run": found}).data)


class ChangesForCoordinator(Endpoint):
    rules: ClassVar = {"GET": "roles.see_changes"}

    @extend_schema(summary="What would open a role to more people", responses=OpenedSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """One change each, the most people first. Nobody's limits or free time are ever changed."""
        area = Role.objects.in_area_of(self.person).select_related("organisation", "venue")
        found = changes.for_coordinator(role=self.find(area, pk=pk), now=self.now)
        return Response(OpenedSerializer(found, many=True).data)


class ChangesForHost(Endpoint):
    rules: ClassVar = {"GET": "organisations.see_candidates"}

    @extend_schema(
        summary="What would open a role of yours to more people",
        responses={200: OpenedSerializer(many=True), 409: ErrorEnvelopeSerializer},
    )
    def get(self, request: Request, pk: int) -> Response:
        """In multiples of five, as the number of candidates; 20 times a day, and not on a day the venue was moved."""
        role = self.find(own_roles(self).select_related("organisation", "venue"), pk=pk)
        found = changes.worded(reach.ask(role=role, now=self.now, actor=self.person))
        return Response(OpenedSerializer(found, many=True).data)
