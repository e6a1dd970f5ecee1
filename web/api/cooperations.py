"""Asking for an offer, and what both organisations say about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import Cooperation, Offer
from organisations.models.cooperation import CooperationStatus, ProposedBy, Side
from organisations.services.cooperations import agreeing, asking, ending, terms
from organisations.services.cooperations.sides import sides_of
from web.api.endpoint import Endpoint
from web.api.fields import OrganisationSerializer, Shape
from web.api.once import once
from web.api.own_organisations import OwnOrganisation
from web.api.paging import ByLatestId

# A coordinator answers at the desk, with more at hand than this.
OF_ORGANISATIONS = [(side.value, side.label) for side in (Side.OFFER, Side.HOST)]


class CooperationSerializer(serializers.ModelSerializer[Cooperation]):
    class Meta:
        model = Cooperation
        fields = [
            "id", "offer", "giver", "host", "need", "role", "status", "proposed_by", "purpose", "starts_at", "ends_at",
            "quantity", "proposed_at", "offer_agreed_at", "host_agreed_at", "desk_agreed_at", "agreed_at", "done_at",
            "ended_at", "ended_by", "end_reason",
        ]  # fmt: skip

    giver = OrganisationSerializer(source="offer.organisation")
    host = OrganisationSerializer()


class AskForm(Shape):
    host = OwnOrganisation(help_text="Which organisation of yours asks; only groups can.")
    purpose = serializers.CharField(max_length=500)
    starts_at = serializers.DateTimeField(required=False, allow_null=True)
    ends_at = serializers.DateTimeField(required=False, allow_null=True)
    quantity = serializers.IntegerField(min_value=1, max_value=terms.MOST, required=False)


class SideForm(Shape):
    side = serializers.ChoiceField(choices=OF_ORGANISATIONS, help_text="For whom of the two you speak.")


class EndForm(SideForm):
    reason = serializers.CharField(max_length=500, help_text="The other sides read it.")


class CooperationQuery(Shape):
    status = serializers.ChoiceField(choices=CooperationStatus.choices, required=False)


class AskForOffer(Endpoint):
    rules: ClassVar = {"POST": "cooperations.ask"}

    @extend_schema(summary="Ask for an offer", request=AskForm, responses={201: CooperationSerializer})
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Your side has agreed with it; the offering side and a coordinator are asked."""
        offer = self.find(Offer.objects.public(), pk=pk)
        sent = self.checked(AskForm)
        row = asking.propose(offer=offer, proposed_by=ProposedBy.HOST, now=self.now, actor=self.person, **sent)
        return Response(shown(row), status=status.HTTP_201_CREATED)


class Cooperations(Endpoint):
    rules: ClassVar = {"GET": "cooperations.see"}
    pagination_class = ByLatestId

    @extend_schema(
        summary="Cooperations of your organisations",
        parameters=[CooperationQuery],
        responses=CooperationSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page(_own(self).filter(**self.asked(CooperationQuery)), CooperationSerializer)


class OneCooperation(Endpoint):
    rules: ClassVar = {"GET": "cooperations.see"}

    @extend_schema(summary="One cooperation", responses=CooperationSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(CooperationSerializer(self.find(_own(self), pk=pk)).data)


class Agree(Endpoint):
    rules: ClassVar = {"POST": "cooperations.answer"}

    @extend_schema(summary="Agree to a cooperation", request=SideForm, responses=CooperationSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """With the third yes it is settled and booked."""
        row = self.find(_own(self), pk=pk)
        side = _side(self, row, self.checked(SideForm)["side"])
        return Response(shown(agreeing.agree(cooperation=row, side=side, now=self.now, actor=self.person)))


class End(Endpoint):
    rules: ClassVar = {"POST": "cooperations.answer"}

    @extend_schema(summary="Say no, or call it off", request=EndForm, responses=CooperationSerializer)
    @once
    def post(self, request: Request, pk: int) -> Response:
        """What was booked is free again."""
        row = self.find(_own(self), pk=pk)
        sent = self.checked(EndForm)
        side, reason = _side(self, row, sent["side"]), sent["reason"]
        done = ending.end(cooperation=row, side=side, reason=reason, now=self.now, actor=self.person)
        return Response(shown(done))


def shown(row: Cooperation) -> Any:
    whole = Cooperation.objects.select_related("offer__organisation", "host").get(pk=row.pk)
    return CooperationSerializer(whole).data


def _own(endpoint: Endpoint) -> QuerySet[Cooperation]:
    return Cooperation.objects.of(endpoint.person).select_related("offer__organisation__town", "host__town")


def _side(endpoint: Endpoint, row: Cooperation, side: str) -> str:
    if side not in sides_of(cooperation=row, user=endpoint.person):
        raise serializers.ValidationError({"side": _("あなたは、この側の担当者ではありません。")}, "not_your_side")
    return side
