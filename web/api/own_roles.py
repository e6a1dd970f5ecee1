"""The roles of one's own organisations, from the draft to the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import AccessFeature, Activity, Organisation, Qualification, Role, Skill
from organisations.models.role import Effort, Insurance, RoleStatus
from organisations.services.roles import approval, closing, writing
from volunteers.services.taking_part import placements
from web.api.endpoint import Endpoint
from web.api.fields import Codes, Shape
from web.api.once import once
from web.api.own_organisations import OwnOrganisation, OwnVenue
from web.api.paging import ByLatestId
from web.api.roles import RoleSerializer, with_everything


class OwnRoleSerializer(RoleSerializer):
    """A role as it is kept, in every language that was given."""

    class Meta(RoleSerializer.Meta):
        fields = [*RoleSerializer.Meta.fields, "title_en", "summary_en", "created_at"]

    title = serializers.CharField()
    summary = serializers.CharField()


class OwnRoleBriefSerializer(serializers.ModelSerializer[Role]):
    class Meta:
        model = Role
        fields = ["id", "organisation", "title", "status", "is_online", "created_at", "changed_at", "published_at"]


class RoleFields(Shape):
    """What a role says. Lengths and ages are checked by the domain, which answers 422."""

    title = serializers.CharField(max_length=80)
    title_easy = serializers.CharField(max_length=120, required=False, allow_blank=True)
    title_en = serializers.CharField(max_length=120, required=False, allow_blank=True)
    summary = serializers.CharField(max_length=2000)
    summary_en = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    venue = OwnVenue(required=False, allow_null=True)
    is_online = serializers.BooleanField(required=False)
    activities = Codes(Activity, required=False, help_text="The main one first.")
    skills = Codes(Skill, required=False)
    qualifications = Codes(Qualification, required=False)
    access = Codes(AccessFeature, required=False)
    min_age = serializers.IntegerField(min_value=0, max_value=120, required=False)
    max_age = serializers.IntegerField(min_value=0, max_value=120, required=False, allow_null=True)
    guardian_under = serializers.IntegerField(min_value=0, max_value=20, required=False)
    takes_groups = serializers.BooleanField(required=False)
    asks_first = serializers.BooleanField(required=False)
    effort = serializers.ChoiceField(choices=Effort.choices, required=False)
    cost = serializers.CharField(max_length=120, required=False, allow_blank=True)
    insurance = serializers.ChoiceField(choices=Insurance.choices, required=False)
    bring = serializers.CharField(max_length=200, required=False, allow_blank=True)
    rain_rule = serializers.CharField(max_length=120, required=False, allow_blank=True)


class NewRoleForm(RoleFields):
    organisation = OwnOrganisation()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_venue(attrs, attrs["organisation"])
        return attrs


class RoleForm(RoleFields):
    changed_at = serializers.DateTimeField(
        help_text="As you read it; if the role has changed since, the answer is 409."
    )


def check_venue(sent: dict[str, Any], organisation: Organisation) -> None:
    venue = sent.get("venue")
    if venue is not None and venue.organisation_id != organisation.pk:
        raise serializers.ValidationError({"venue": _("この団体の会場からえらんでください。")}, "does_not_exist")


class OwnRoleQuery(Shape):
    status = serializers.ChoiceField(choices=RoleStatus.choices, required=False)


def own_roles(endpoint: Endpoint) -> QuerySet[Role]:
    return Role.objects.filter(organisation__in=Organisation.objects.of(endpoint.person))


class OwnRoles(Endpoint):
    rules: ClassVar = {"GET": "roles.see_own", "POST": "roles.draft"}
    pagination_class = ByLatestId

    @extend_schema(
        summary="Roles of your organisations", parameters=[OwnRoleQuery], responses=OwnRoleBriefSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        return self.page(own_roles(self).filter(**self.asked(OwnRoleQuery)), OwnRoleBriefSerializer)

    @extend_schema(summary="Begin a role", request=NewRoleForm, responses={201: OwnRoleSerializer})
    @once
    def post(self, request: Request) -> Response:
        """A draft that nobody else sees; add slots, then submit it."""
        role = writing.draft(now=self.now, actor=self.person, **self.checked(NewRoleForm))
        return Response(shown(role), status=status.HTTP_201_CREATED)


class OneOwnRole(Endpoint):
    rules: ClassVar = {"GET": "roles.see_own", "PATCH": "roles.change"}

    @extend_schema(summary="One role of yours", responses=OwnRoleSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OwnRoleSerializer(self.find(with_everything(own_roles(self)), pk=pk)).data)

    @extend_schema(summary="Change a role", request=RoleForm, responses=OwnRoleSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Send what changes, and `changed_at` as you read it.

        What is with children and public keeps its words until two coordinators have read the new ones.
        """
        role = self.find(own_roles(self), pk=pk)
        sent = self.checked(RoleForm, partial=True)
        if "changed_at" not in sent:
            raise serializers.ValidationError(
                {"changed_at": _("読んだときの changed_at を入れてください。")}, "required"
            )
        check_venue(sent, role.organisation)
        seen = sent.pop("changed_at")
        writing.change(role=role, now=self.now, actor=self.person, expected_changed_at=seen, **sent)
        return Response(shown(role))


def shown(role: Role) -> Any:
    return OwnRoleSerializer(with_everything(Role.objects.filter(pk=role.pk)).get()).data


class Step(Endpoint):
    """One step in the life of a role."""

    take: ClassVar[Callable[..., Role]]

    def step(self, pk: int) -> Response:
        role = self.find(own_roles(self), pk=pk)
        type(self).take(role=role, now=self.now, actor=self.person)
        return Response(shown(role))


class Submit(Step):
    rules: ClassVar = {"POST": "roles.submit"}
    take = approval.submit

    @extend_schema(summary="Hand a draft in", request=None, responses=OwnRoleSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """A coordinator looks at it and publishes it."""
        return self.step(pk)


class Close(Step):
    rules: ClassVar = {"POST": "roles.close"}
    take = closing.close

    @extend_schema(summary="Take no more people", request=None, responses=OwnRoleSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Those who are coming still come."""
        return self.step(pk)


class Cancel(Step):
    rules: ClassVar = {"POST": "roles.cancel"}
    take = placements.cancel_role

    @extend_schema(summary="Call a role off", request=None, responses=OwnRoleSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Everybody who was coming is told."""
        return self.step(pk)
