"""Why a role was not suggested to somebody, and how many people a role reaches."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from matching.services.explaining import counts, why_not
from organisations.models import Role
from volunteers.models import Volunteer
from web.api.endpoint import Endpoint
from web.api.fields import Shape
from web.api.own_roles import own_roles


class WhyNotSerializer(Shape):
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Each a sentence, for you alone.")


class CandidatesSerializer(Shape):
    """Numbers are 0 or at least 5, and up to 8 less than there are, so that nobody can be counted out."""

    could_come = serializers.IntegerField(help_text="People whom no condition shuts out.")
    told = serializers.IntegerField(help_text="People to whom the role was suggested.")
    shut_out = serializers.DictField(
        child=serializers.IntegerField(), help_text="Condition → people who would come if only that were otherwise."
    )


class WhyNot(Endpoint):
    rules: ClassVar = {"GET": "roles.why_not"}

    @extend_schema(summary="Why a role was not suggested to you", responses=WhyNotSerializer)
    def get(self, request: Request, pk: int) -> Response:
        role = self.find(Role.objects.public().select_related("organisation", "venue__town"), pk=pk)
        volunteer = Volunteer.objects.select_related("user", "town").get(user=self.person)
        reasons = why_not.explain(volunteer=volunteer, role=role, now=self.now)
        return Response(WhyNotSerializer({"reasons": reasons}).data)


class Candidates(Endpoint):
    rules: ClassVar = {"GET": "organisations.see_candidates"}

    @extend_schema(summary="How many people a role of yours reaches", responses=CandidatesSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Never who, where from, or how far."""
        return Response(CandidatesSerializer(counts.for_role(role=self.find(own_roles(self), pk=pk))).data)
