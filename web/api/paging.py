"""Pages by cursor: nothing is skipped or shown twice while rows come and go."""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from web.api.errors import NotReadable


class Pages(CursorPagination):
    """A cursor is signed, so that only what we gave out comes back; one of another order is refused too."""

    page_size = 30

    def decode_cursor(self, request: Request) -> Cursor | None:
        signed = request.query_params.get(self.cursor_query_param)
        if signed is None:
            return None
        try:
            return Cursor(**self._signer().unsign_object(signed))
        except BadSignature as error:
            raise NotReadable from error

    def encode_cursor(self, cursor: Cursor) -> str:
        return replace_query_param(
            self.base_url or "", self.cursor_query_param, self._signer().sign_object(cursor._asdict(), compress=False)
        )

    def _signer(self) -> Signer:
        return Signer(salt=f"cursor {self.ordering}")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }


class ByNewest(Pages):
    ordering = ("-published_at", "-id")


class ByLatestId(Pages):
    ordering = ("-id",)


class ByLatestAsked(Pages):
    """Without numbers in the cursor, which can be read though not written."""

    ordering = ("-asked_at", "-id")


class ByKana(Pages):
    page_size = 100
    ordering = ("kana", "id")
