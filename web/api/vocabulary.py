"""The words that people choose from, and the towns."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import AccessFeature, Activity, Qualification, Skill, Town
from web.api.endpoint import Endpoint
from web.api.fields import IN_YOUR_LANGUAGE, Shape, TermSerializer, TownSerializer
from web.api.paging import ByKana


class ActivitySerializer(TermSerializer):
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.code", default=None, allow_null=True, help_text="The activity that this one belongs to."
    )


class AccessFeatureSerializer(TermSerializer):
    is_about_place = serializers.BooleanField()


class QualificationSerializer(serializers.ModelSerializer[Qualification]):
    class Meta:
        model = Qualification
        fields = ["code", "label", "proof"]

    label = serializers.CharField(help_text=IN_YOUR_LANGUAGE)  # type: ignore[assignment]


class Terms(Endpoint):
    """A whole vocabulary, in the order that people read it in."""

    rules: ClassVar = {"GET": "vocabulary.read"}
    words: QuerySet[Any]
    shape: type[serializers.BaseSerializer[Any]] = TermSerializer

    def terms(self) -> Response:
        return Response(self.shape(self.words.all(), many=True).data)


class Activities(Terms):
    words = Activity.objects.select_related("parent")
    shape = ActivitySerializer

    @extend_schema(summary="The tree of activities", responses=ActivitySerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.terms()


class Skills(Terms):
    words = Skill.objects.all()

    @extend_schema(summary="Skills", responses=TermSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.terms()


class Qualifications(Terms):
    words = Qualification.objects.all()
    shape = QualificationSerializer

    @extend_schema(summary="Qualifications", responses=QualificationSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.terms()


class AccessFeatures(Terms):
    words = AccessFeature.objects.all()
    shape = AccessFeatureSerializer

    @extend_schema(summary="Facts that let somebody take part", responses=AccessFeatureSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.terms()


class TownQuery(Shape):
    ward_code = serializers.RegexField(r"^[0-9]{5}$", required=False, help_text="Five digits, as 14112.")
    text = serializers.CharField(max_length=40, required=False, help_text="A part of the name or of its reading.")


class Towns(Endpoint):
    rules: ClassVar = {"GET": "vocabulary.read"}
    pagination_class = ByKana

    @extend_schema(summary="Towns", parameters=[TownQuery], responses=TownSerializer(many=True))
    def get(self, request: Request) -> Response:
        asked = self.asked(TownQuery)
        towns = Town.objects.all()
        if "ward_code" in asked:
            towns = towns.filter(ward_code=asked["ward_code"])
        if "text" in asked:
            towns = towns.filter(name__contains=asked["text"]) | towns.filter(kana__contains=asked["text"])
        return self.page(towns, TownSerializer)
