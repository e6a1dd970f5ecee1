"""The schema itself, and Swagger UI out of local files."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from web.api.endpoint import Endpoint
from web.api.table import RuleOfTheTable


class SchemaFile(SpectacularAPIView):
    rules: ClassVar = {"GET": "pages.read"}
    permission_classes = [RuleOfTheTable]


class Docs(SpectacularSwaggerSplitView):
    """Its script comes from an address of its own, so that the site's strict content policy holds here too."""

    rules: ClassVar = {"GET": "pages.read"}
    permission_classes = [RuleOfTheTable]
    template_name = "api/docs.html"
    url_name = "api:schema"


class Nowhere(Endpoint):
    """Any other address below the API: the same envelope as everywhere."""

    rules: ClassVar = {}

    @extend_schema(exclude=True)
    def dispatch_anything(self, request: Request, **_: object) -> Response:
        raise Http404

    get = post = put = patch = delete = head = trace = dispatch_anything
    options = dispatch_anything  # type: ignore[assignment]
