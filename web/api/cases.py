"""What came of cooperations, as anybody may read it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from organisations.models import CasePhoto, CaseStudy
from web.api.endpoint import Endpoint
from web.api.fields import OrganisationSerializer
from web.api.paging import ByNewest


class CasePhotoSerializer(serializers.ModelSerializer[CasePhoto]):
    class Meta:
        model = CasePhoto
        fields = ["url", "width", "height", "description"]

    url = serializers.SerializerMethodField()
    description = serializers.CharField(help_text="What is in the picture, for whoever cannot see it.")

    def get_url(self, photo: CasePhoto) -> str:
        return f"{settings.SITE_URL}{reverse('public:case_photo', args=[photo.case_study_id, photo.pk])}"


class CaseBriefSerializer(serializers.ModelSerializer[CaseStudy]):
    """What a list shows of a case study."""

    class Meta:
        model = CaseStudy
        fields = ["id", "title", "offered_by", "host", "published_at"]

    offered_by = OrganisationSerializer(source="cooperation.offer.organisation", help_text="Who gave something.")
    host = OrganisationSerializer(source="cooperation.host", help_text="Whom it was given to.")


class CaseSerializer(CaseBriefSerializer):
    class Meta(CaseBriefSerializer.Meta):
        fields = [
            "id", "title", "offered_by", "host", "published_at", "before", "who", "what", "result", "photos",
        ]  # fmt: skip

    photos = CasePhotoSerializer(many=True)


def with_sides(cases: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
    return cases.select_related("cooperation__offer__organisation", "cooperation__host")


class Cases(Endpoint):
    rules: ClassVar = {"GET": "cases.read"}
    pagination_class = ByNewest

    @extend_schema(summary="Case studies", responses=CaseBriefSerializer(many=True))
    def get(self, _request: Request) -> Response:
        """Those that both sides agreed to make public, the latest first."""
        return self.page(with_sides(CaseStudy.objects.public()), CaseBriefSerializer)


class OneCase(Endpoint):
    rules: ClassVar = {"GET": "cases.read"}

    @extend_schema(summary="One case study and its pictures", responses=CaseSerializer)
    def get(self, _request: Request, pk: int) -> Response:
        photos = Prefetch("photos", queryset=CasePhoto.objects.defer("jpeg").order_by("pk"))
        public: Any = with_sides(CaseStudy.objects.public()).prefetch_related(photos)
        return Response(CaseSerializer(self.find(public, pk=pk)).data)
