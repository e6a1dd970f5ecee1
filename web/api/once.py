"""A POST acts once, however often it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse, RawPostDataException
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.services import idempotency
from web.api.endpoint import Endpoint

HEADER = "Idempotency-Key"
Post = Callable[..., Response]


class KeyMissing(APIException):
    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "idempotency_key_missing"
    default_detail = _(
        "二重送信をふせぐ鍵がありません。"
        "ヘッダー Idempotency-Key に、送るたびに新しい文字列(UUIDなど)を入れてください。"
    )


def once(post: Post, *, keeps: Callable[[Any], Any] = lambda data: data) -> Callable[..., HttpResponseBase]:
    """Keep the answer of *post* under the key of the request, and give it again when the request comes again.

    The key, the deed and the kept answer are one transaction: a second request with the key waits for the first;
    after a refusal or a crash the key is as if never used. *keeps* takes secrets out of the kept answer.
    """

    @wraps(post)
    def answer(view: Endpoint, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.headers.get(HEADER)
        if not key:
            raise KeyMissing
        fingerprint = _fingerprint(request)
        with transaction.atomic():
            earlier = idempotency.begin(user=view.person, key=key, fingerprint=fingerprint, now=view.now)
            if earlier is not None:
                return HttpResponse(
                    bytes(earlier.body or b""),
                    status=earlier.status,
                    content_type=earlier.content_type,
                    headers={"Idempotent-Replayed": "true"},
                )
            given = post(view, request, *args, **kwargs)
            idempotency.finish(
                user=view.person,
                key=key,
                status=given.status_code,
                body=JSONRenderer().render(keeps(given.data)),
                content_type=JSONRenderer.media_type,
            )
        return given

    answer.acts_once = True  # type: ignore[attr-defined]
    return answer


def _fingerprint(request: Request) -> str:
    try:
        body = request._request.body
    except RawPostDataException as error:  # a form, which the check of the session has read already
        raise UnsupportedMediaType(request.content_type or "") from error
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + body).hexdigest()
