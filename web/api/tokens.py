"""Tokens for one's own programs."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.services import tokens
from web.api.endpoint import Endpoint
from web.api.fields import Shape
from web.api.once import once
from web.api.sign_in import SessionSignIn


class TokenSerializer(Shape):
    key = serializers.CharField(source="token_key", help_text="How the token begins; enough to revoke it.")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")


class NewTokenSerializer(TokenSerializer):
    token = serializers.CharField(
        allow_null=True, help_text="Shown this once and kept nowhere: null when the same request is answered again."
    )


class TokenForm(Shape):
    days = serializers.IntegerField(min_value=1, max_value=365, default=90, help_text="How long it lasts.")


def without_token(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "token": None}


class Tokens(Endpoint):
    """By session only: a token that is lost cannot make others."""

    rules: ClassVar = {"GET": "tokens.manage", "POST": "tokens.manage"}
    authentication_classes = (SessionSignIn,)

    @extend_schema(summary="Your tokens", responses=TokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(TokenSerializer(tokens.of(self.person), many=True).data)

    @extend_schema(summary="Make a token", request=TokenForm, responses={201: NewTokenSerializer})
    @partial(once, keeps=without_token)
    def post(self, request: Request) -> Response:
        """Send it as `Authorization: Token …`."""
        lasts = dt.timedelta(days=self.checked(TokenForm)["days"])
        row, token = tokens.issue(user=self.person, now=self.now, lasts=lasts)
        row.token = token
        return Response(NewTokenSerializer(row).data, status=status.HTTP_201_CREATED)


class OneToken(Endpoint):
    rules: ClassVar = {"DELETE": "tokens.manage"}

    @extend_schema(summary="Revoke a token", responses={204: None})
    def delete(self, request: Request, key: str) -> Response:
        if not tokens.revoke(user=self.person, key=key, now=self.now):
            raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)
