"""What every endpoint has: a rule of the table per method, a clock, checked input, pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.db.models import Model, QuerySet
from django.http import HttpRequest, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, ListField, ManyRelatedField, Serializer
from rest_framework.views import APIView

from accounts.models import User
from web.api.body import UNREADABLE
from web.api.errors import NotReadable
from web.api.paging import Pages
from web.api.table import RuleOfTheTable
from web.permissions import require

M = TypeVar("M", bound=Model)


class Endpoint(APIView):
    rules: ClassVar[Mapping[str, str]]
    permission_classes = (RuleOfTheTable,)
    pagination_class: type[Pages] | None = None

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Keep the body before the check of the session looks for a form in it: `once` needs it as it was sent."""
        if request.content_type == "application/json":
            with suppress(RequestDataTooBig, UnreadablePostError):  # the parser says so in the envelope
                _ = request.body
        return super().initialize_request(request, *args, **kwargs)

    @property
    def person(self) -> User:
        assert isinstance(self.request.user, User)  # noqa: S101  the rules of every caller see to it
        return self.request.user

    @property
    def now(self) -> dt.datetime:
        return timezone.now()

    def find(self, rows: QuerySet[M], **lookup: Any) -> M:
        """The one row that is meant, if this person may do this to it."""
        row = get_object_or_404(rows, **lookup)
        require(self.request.user, self.rules[self.request.method or ""], row)
        return row

    def checked(self, form: type[BaseSerializer[Any]], **options: Any) -> dict[str, Any]:
        """What was sent, once *form* has found nothing wrong with it."""
        sent = form(data=self.request.data, context={"request": self.request}, **options)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def asked(self, form: type[Serializer[Any]]) -> dict[str, Any]:
        """The query string, read by *form*."""
        query = self.request.query_params
        if any(UNREADABLE.search(text) for name in query for text in query.getlist(name)):
            raise NotReadable
        many = {name for name, field in form().fields.items() if isinstance(field, ListField | ManyRelatedField)}
        sent = form(data={name: query.getlist(name) if name in many else query[name] for name in query})
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def page(self, rows: QuerySet[M], shape: type[BaseSerializer[M]]) -> Response:
        assert self.pagination_class is not None  # noqa: S101  a list without pages is our own mistake
        pages = self.pagination_class()
        found: Any = pages.paginate_queryset(rows, self.request, view=self)
        return pages.get_paginated_response(shape(found, many=True).data)
