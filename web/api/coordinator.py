"""What waits for a coordinator: roles to publish, and young people to look after."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import Role
from organisations.services.coordinating import desks
from organisations.services.reviewing import reviews
from volunteers.models import Application
from volunteers.models.application import ApplicationStatus
from volunteers.services.taking_part import applications
from web.api.endpoint import Endpoint
from web.api.fields import Shape
from web.api.once import once
from web.api.own_roles import OwnRoleBriefSerializer, OwnRoleSerializer, shown
from web.api.paging import ByLatestAsked, ByLatestId
from web.api.received_applications import ReceivedApplicationSerializer
from web.api.roles import with_everything
from web.api.taking_part import WHOLE


class SendBackForm(Shape):
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


def of_the_area(endpoint: Endpoint) -> QuerySet[Role]:
    """Also those of the ward that wait for somebody else's second look."""
    visible, waiting = Role.objects.visible(endpoint.person), reviews.to_look_at(endpoint.person)
    return Role.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk__in=waiting.values("pk")))


class RolesToReview(Endpoint):
    rules: ClassVar = {"GET": "roles.review"}
    pagination_class = ByLatestId

    @extend_schema(summary="Roles that wait for you", responses=OwnRoleBriefSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.page(reviews.to_look_at(self.person), OwnRoleBriefSerializer)


class RoleToReview(Endpoint):
    rules: ClassVar = {"GET": "roles.review"}

    @extend_schema(summary="A role of your area", responses=OwnRoleSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OwnRoleSerializer(self.find(with_everything(of_the_area(self)), pk=pk)).data)


class Publish(Endpoint):
    rules: ClassVar = {"POST": "roles.publish"}

    @extend_schema(
        summary="Publish a role",
        description="One that is with children still waits afterwards, until a second person has done the same.",
        request=None,
        responses=OwnRoleSerializer,
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        role = self.find(of_the_area(self), pk=pk)
        desk = desks.of_coordinator(self.person, role.towns)
        reviews.approve_role(role=role, by_desk=desk, now=self.now, actor=self.person)
        return Response(shown(role))


class SendBack(Endpoint):
    rules: ClassVar = {"POST": "roles.publish"}

    @extend_schema(summary="Ask for a role to be written again", request=SendBackForm, responses=OwnRoleSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        role = self.find(of_the_area(self), pk=pk)
        reason = self.checked(SendBackForm)["reason"]
        desk = desks.of_coordinator(self.person, role.towns)
        reviews.send_back_role(role=role, by_desk=desk, reason=reason, now=self.now, actor=self.person)
        return Response(shown(role))


def unreleased(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Those whom their organisation has not heard of yet: only people under 16 ever wait for that."""
    return applications.filter(released_at=None, status=ApplicationStatus.ASKED)


def of_residents(endpoint: Endpoint) -> QuerySet[Application]:
    """Those who asked and live in one's area."""
    whole = Application.objects.select_related(*WHOLE, "volunteer__user", "volunteer__town")
    return whole.filter(volunteer__town__support_desks__memberships__user=endpoint.person).distinct()


class ApplicationsToReview(Endpoint):
    rules: ClassVar = {"GET": "applications.review"}
    pagination_class = ByLatestAsked

    @extend_schema(summary="Young people who wait for you", responses=ReceivedApplicationSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.page(unreleased(of_residents(self)), ReceivedApplicationSerializer)


class Release(Endpoint):
    rules: ClassVar = {"POST": "applications.release"}

    @extend_schema(summary="Let the organisation know of them", request=None, responses=ReceivedApplicationSerializer)
    @once
    def post(self, request: Request, public_id: UUID) -> Response:
        application = self.find(unreleased(of_residents(self)), public_id=public_id)
        applications.release(application=application, now=self.now, actor=self.person)
        return Response(ReceivedApplicationSerializer(of_residents(self).get(public_id=public_id)).data)
