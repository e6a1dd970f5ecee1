"""The rows of the organisations that somebody acts for; others' are not there."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from organisations.models import Organisation
from web.permissions import require
from web.signed_in import person


def organisation_of(request: HttpRequest, pk: int, rule: str) -> Organisation:
    user = person(request)
    found = get_object_or_404(Organisation.objects.of(user).select_related("town"), pk=pk)
    require(user, rule, found)
    return found
