"""What the neighbourhoods need: for everybody, for who would help, and for the desk that wrote it."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from matching.services.explaining import counts
from organisations.models import Activity, District, Need, SupportDesk, Town
from organisations.models.need import NeedStatus
from organisations.models.offer import Help
from organisations.models.pattern import When
from organisations.services.needs import finding
from volunteers.models import Pledge, Volunteer
from volunteers.services import pledges
from web.api.endpoint import Endpoint
from web.api.fields import Code, Day, Shape, TermSerializer, TownSerializer
from web.api.once import once
from web.api.paging import ByLatestId, ByNewest


class DistrictSerializer(serializers.ModelSerializer[District]):
    class Meta:
        model = District
        fields = ["code", "name"]


class DeskSerializer(serializers.ModelSerializer[SupportDesk]):
    class Meta:
        model = SupportDesk
        fields = ["id", "name", "phone", "hours"]

    name = serializers.CharField(source="organisation.name")
    phone = serializers.CharField(source="organisation.phone")


class NeedBriefSerializer(serializers.ModelSerializer[Need]):
    """What a list shows of a need."""

    class Meta:
        model = Need
        fields = [
            "id", "title", "status", "town", "district", "activities", "helps", "when", "minutes", "people",
            "wanted_until", "published_at",
        ]  # fmt: skip

    title = serializers.CharField(source="label", help_text="In the language of the request, where there is one.")
    town = TownSerializer(allow_null=True, help_text="Its place is a town or a district, never an address.")
    district = DistrictSerializer(allow_null=True)
    activities = TermSerializer(many=True)
    helps = serializers.ListField(child=serializers.ChoiceField(choices=Help.choices))
    when = serializers.ListField(child=serializers.ChoiceField(choices=When.choices), help_text="Empty: any time.")


class NeedSerializer(NeedBriefSerializer):
    class Meta(NeedBriefSerializer.Meta):
        fields = [*NeedBriefSerializer.Meta.fields, "summary", "skills", "quantity", "desk", "role", "pledged"]

    summary = serializers.CharField(source="description", help_text="In the language of the request, as the title.")
    skills = TermSerializer(many=True)
    desk = DeskSerializer(help_text="Whom to ask.")
    role = serializers.SerializerMethodField(help_text="What it became, once that is public.")
    pledged = serializers.SerializerMethodField(help_text="People who would help: 0 or at least 5, never exact.")

    def get_role(self, need: Need) -> int | None:
        return need.role_id if need.status == NeedStatus.TAKEN_UP else None

    def get_pledged(self, need: Need) -> int:
        return counts.pledged(need=need)


class OwnNeedSerializer(NeedBriefSerializer):
    class Meta(NeedBriefSerializer.Meta):
        fields = [*NeedBriefSerializer.Meta.fields, "summary", "skills", "quantity", "role", "changed_at", "pledges"]

    summary = serializers.CharField(source="description")
    skills = TermSerializer(many=True)
    role = serializers.IntegerField(source="role_id", allow_null=True, help_text="Also while it is a draft.")
    pledges = serializers.IntegerField(
        source="pledge_count", help_text="How many would help; who they are is read on the page, on record."
    )


class PledgeSerializer(serializers.ModelSerializer[Pledge]):
    class Meta:
        model = Pledge
        fields = ["id", "need", "note", "pledged_at", "withdrawn_at"]

    need = NeedBriefSerializer()
    note = serializers.CharField(source="words")


class NeedQuery(Shape):
    text = serializers.CharField(max_length=100, required=False, help_text="Words that all must occur.")
    activity = Code(Activity, required=False, help_text="Code; those below it are found too.")
    helps = serializers.ChoiceField(choices=Help.choices, required=False, help_text="What one could give.")
    town = serializers.PrimaryKeyRelatedField(queryset=Town.objects.all(), required=False)
    district = serializers.SlugRelatedField(slug_field="code", queryset=District.objects.all(), required=False)
    until = Day(required=False, help_text="Help is wanted by this day.")


class PledgeForm(Shape):
    note = serializers.CharField(
        max_length=pledges.LONGEST_WORDS, allow_blank=True, default="", help_text="For the desk."
    )


def with_everything(needs: QuerySet[Need]) -> QuerySet[Need]:
    return needs.select_related("town", "district", "desk__organisation").prefetch_related("activities", "skills")


class Needs(Endpoint):
    rules: ClassVar = {"GET": "needs.read"}
    pagination_class = ByNewest

    @extend_schema(summary="Find needs", parameters=[NeedQuery], responses=NeedBriefSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Needs that help is still wanted for, the latest published first."""
        found = finding.find(today=timezone.localdate(self.now), **self.asked(NeedQuery))
        return self.page(found, NeedBriefSerializer)


class OneNeed(Endpoint):
    rules: ClassVar = {"GET": "needs.read"}

    @extend_schema(summary="One need", responses=NeedSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(NeedSerializer(self.find(with_everything(Need.objects.public()), pk=pk)).data)


class MakePledge(Endpoint):
    rules: ClassVar = {"POST": "needs.pledge"}

    @extend_schema(summary="Say that you could help", request=PledgeForm, responses={201: PledgeSerializer})
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Its desk reads your name and how to reach you; nobody else does."""
        need = self.find(Need.objects.public(), pk=pk)
        volunteer = Volunteer.objects.get(user=self.person)
        note = self.checked(PledgeForm)["note"]
        made = pledges.pledge(volunteer=volunteer, need=need, now=self.now, actor=self.person, note=note)
        return Response(PledgeSerializer(own_pledges(self).get(pk=made.pk)).data, status=status.HTTP_201_CREATED)


def own_pledges(endpoint: Endpoint) -> QuerySet[Pledge]:
    own = Pledge.objects.filter(volunteer__user=endpoint.person)
    return own.select_related("volunteer", "need__town", "need__district").prefetch_related("need__activities")


class Pledges(Endpoint):
    rules: ClassVar = {"GET": "pledges.see"}
    pagination_class = ByLatestId

    @extend_schema(summary="What you could help with", responses=PledgeSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The latest first, those taken back too."""
        return self.page(own_pledges(self), PledgeSerializer)


class WithdrawPledge(Endpoint):
    rules: ClassVar = {"POST": "pledges.withdraw"}

    @extend_schema(summary="Take it back", request=None, responses=PledgeSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        row = self.find(own_pledges(self), pk=pk)
        pledges.withdraw(pledge=row, now=self.now, actor=self.person)
        return Response(PledgeSerializer(own_pledges(self).get(pk=pk)).data)


def own_needs(endpoint: Endpoint) -> QuerySet[Need]:
    """Those of the desks that one coordinates for, drafts too."""
    alive = Count("pledges", filter=Q(pledges__withdrawn_at=None))
    return with_everything(Need.objects.in_area_of(endpoint.person).annotate(pledge_count=alive))


class OwnNeeds(Endpoint):
    rules: ClassVar = {"GET": "needs.see_own"}
    pagination_class = ByLatestId

    @extend_schema(summary="Needs of your desk", responses=OwnNeedSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.page(own_needs(self), OwnNeedSerializer)


class OneOwnNeed(Endpoint):
    rules: ClassVar = {"GET": "needs.see_own"}

    @extend_schema(summary="One need of your desk", responses=OwnNeedSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OwnNeedSerializer(self.find(own_needs(self), pk=pk)).data)
