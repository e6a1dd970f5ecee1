"""A form that is sent twice acts once and leads to the same page: a double tap is no second sign-up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import idempotency
from accounts.services.errors import DomainError
from web.in_the_way import refused_if_in_the_way

KEY = "once"
# What differs between two sendings of the same form.
CHANGING = {KEY, "csrfmiddlewaretoken"}


class FormTooOld(DomainError):
    code = "form_too_old"
    message = _("画面が古くなっています。内容を確かめて、もう一度お送りください。")


def once(request: HttpRequest, *, user: User, act: Callable[[], str]) -> HttpResponse:
    """Call *act*, which returns where to go next; the second time only go there.

    Act and key are one transaction: where the act is refused, the key is free again.
    """
    key = request.POST.get(KEY, "")
    if not key:
        raise FormTooOld
    with refused_if_in_the_way(), transaction.atomic():
        earlier = idempotency.begin(user=user, key=key, fingerprint=_fingerprint(request), now=timezone.now())
        if earlier is not None:
            return HttpResponseRedirect(bytes(earlier.body or b"/").decode())
        goes_to = act()
        idempotency.finish(user=user, key=key, status=302, body=goes_to.encode(), content_type="text/uri-list")
    return HttpResponseRedirect(goes_to)


def _fingerprint(request: HttpRequest) -> str:
    answers = sorted((name, values) for name, values in request.POST.lists() if name not in CHANGING)
    files = sorted((name, _content(file)) for name, file in request.FILES.items() if isinstance(file, UploadedFile))
    return hashlib.sha256(json.dumps([request.path, answers, files]).encode()).hexdigest()


def _content(file: UploadedFile[bytes]) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
