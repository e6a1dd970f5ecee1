"""What help is asked for, as anybody may read it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import AccessFeature, Activity, Role, RoleActivity, Slot, Town
from organisations.services import search
from organisations.services.times.hours import Hours
from web.api.endpoint import Endpoint
from web.api.fields import Code, Codes, Day, OrganisationSerializer, Shape, TermSerializer, VenueSerializer
from web.api.paging import ByNewest


class SlotSerializer(serializers.ModelSerializer[Slot]):
    class Meta:
        model = Slot
        fields = ["id", "starts_at", "ends_at", "minutes", "capacity", "places_left", "cancelled_at"]

    places_left = serializers.IntegerField()


class RoleBriefSerializer(serializers.ModelSerializer[Role]):
    """What a list shows of a role."""

    class Meta:
        model = Role
        fields = [
            "id", "title", "title_easy", "organisation", "venue", "is_online", "status", "activities", "access",
            "published_at", "next_starts_at", "places_left",
        ]  # fmt: skip

    title = serializers.CharField(source="label", help_text="In the language of the request, where there is one.")
    organisation = OrganisationSerializer()
    venue = VenueSerializer(allow_null=True)
    activities = serializers.SerializerMethodField(help_text="What it is mainly about comes first.")
    access = TermSerializer(many=True)
    next_starts_at = serializers.DateTimeField(allow_null=True, help_text="The first slot one can still join.")
    places_left = serializers.IntegerField(source="places_left_total", help_text="In all slots one can still join.")

    def get_activities(self, role: Role) -> Any:
        return TermSerializer([named.activity for named in role.role_activities.all()], many=True).data


class RoleSerializer(serializers.ModelSerializer[Role]):
    class Meta:
        model = Role
        fields = [
            "id", "title", "title_easy", "summary", "organisation", "venue", "is_online", "status", "activities",
            "skills", "qualifications", "access", "min_age", "max_age", "guardian_under", "takes_groups", "asks_first",
            "effort", "cost", "insurance", "bring", "rain_rule", "published_at", "changed_at", "slots",
        ]  # fmt: skip

    title = serializers.CharField(source="label", help_text="In the language of the request, where there is one.")
    summary = serializers.CharField(source="description", help_text="In the language of the request, as the title.")
    organisation = OrganisationSerializer()
    venue = VenueSerializer(allow_null=True)
    activities = serializers.SerializerMethodField(help_text="What it is mainly about comes first.")
    skills = TermSerializer(many=True)
    qualifications = TermSerializer(many=True, help_text="Required, every one of them.")
    access = TermSerializer(many=True)
    slots = SlotSerializer(many=True)

    def get_activities(self, role: Role) -> Any:
        return TermSerializer([named.activity for named in role.role_activities.all()], many=True).data


def with_everything(roles: QuerySet[Role]) -> QuerySet[Role]:
    """Fetch what a role shows in as many queries for a hundred roles as for one."""
    named = RoleActivity.objects.select_related("activity").order_by("position", "pk")
    return roles.select_related("organisation__town", "venue__town").prefetch_related(
        Prefetch("role_activities", queryset=named), "skills", "qualifications", "access", "slots"
    )


class RoleQuery(Shape):
    text = serializers.CharField(max_length=100, required=False, help_text="Words that all must occur.")
    town = serializers.PrimaryKeyRelatedField(queryset=Town.objects.all(), required=False)
    activity = Code(Activity, required=False, help_text="Code; those below it are found too.")
    from_on = Day(required=False, help_text="First day, local time.")
    until_on = Day(required=False, help_text="Last day, local time.")
    online = serializers.BooleanField(required=False, help_text="Only those done from home, or only those not.")
    open_only = serializers.BooleanField(required=False, default=True, help_text="Only with a slot one can join.")
    access = Codes(AccessFeature, required=False, help_text="Codes; each must be known to be there.")


class Roles(Endpoint):
    rules: ClassVar = {"GET": "roles.read"}
    pagination_class = ByNewest

    @extend_schema(summary="Find roles", parameters=[RoleQuery], responses=RoleBriefSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Public roles, the latest published first."""
        asked = self.asked(RoleQuery)
        days = Hours(from_on=asked.pop("from_on", None), until_on=asked.pop("until_on", None))
        found = search.find(now=self.now, hours=days, **asked)
        return self.page(found.filter(published_at__isnull=False), RoleBriefSerializer)


class OneRole(Endpoint):
    rules: ClassVar = {"GET": "roles.read"}

    @extend_schema(summary="One role and its slots", responses=RoleSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(RoleSerializer(self.find(with_everything(Role.objects.public()), pk=pk)).data)
