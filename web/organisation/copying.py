"""What was posted before is posted again, at other times."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.services.roles import copies
from web.organisation.own import role_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="roles.copy", POST="roles.copy")
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.copy")

    def begin() -> str:
        made = copies.copy(role=role, now=timezone.now(), actor=person(request))
        messages.success(request, _("新しい下書きを作りました。いつするかを入れてください。"))
        return reverse("organisation:when", args=[made.pk])

    form = Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/copy.html", form=form, deed=begin, context={"role": role})
