"""A long job is cut into pieces, which are shown before they become times."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from organisations.models import Role, Slot
from organisations.services.times import pieces, wording
from web.organisation import size_kept
from web.organisation.forms.split import SplitForm
from web.organisation.forms.times import field_of
from web.organisation.own import role_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="slots.add", POST="slots.add")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """GET with the answers shows the pieces, POST with the same adds them."""
    role = role_of(request, pk, "slots.add")
    form = _form(request, role)
    cut = form.pieces() if form.is_bound and form.is_valid() else []

    def add() -> str:
        capacity, now = form.cleaned_data["capacity"], timezone.now()
        pieces.add(role=role, job=form.job(), cut=cut, capacity=capacity, now=now, actor=person(request))
        added = ngettext("%(count)d回の日時を足しました。", "%(count)d回の日時を足しました。", len(cut))
        messages.success(request, added % {"count": len(cut)})
        return reverse("organisation:when", args=[role.pk])

    shown = [wording.when(Slot(starts_at=begin, ends_at=end)) for begin, end in cut]
    left_min = (form.job()[1] - cut[-1][1]).total_seconds() // 60 if cut else 0
    is_there = bool(cut) and pieces.in_one_piece(role, form.job()).exists()
    context = {"role": role, "pieces": shown, "left_min": int(left_min), "is_there": is_there}
    return act(request, "organisation/steps/split.html", form=form, deed=add, context=context, field_of=field_of)


def _form(request: HttpRequest, role: Role) -> SplitForm:
    if request.method == "POST":
        return SplitForm(request.POST)
    if "day" in request.GET:
        return SplitForm(request.GET)
    said = size_kept.of(request, role)
    return SplitForm(initial={"capacity": said["capacity"], "piece_min": 60})
