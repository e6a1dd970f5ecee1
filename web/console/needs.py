"""The needs of one's own desk: written anew, looked at, published, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Need, Worry
from organisations.services.needs import overlaps, posting
from web.console.need_forms import NeedForm, about, as_written
from web.page import act
from web.permissions import guarded, require
from web.profile_form import read_seen_at
from web.signed_in import person
from web.unreported import unreported

ON_A_PAGE = 20
# Written in order to ask a group: kept in the address, from writing through publishing to the list of groups.
TO_HOSTS = "hosts"


@never_cache
@guarded(GET="needs.draft")
def index(request: HttpRequest) -> HttpResponse:
    rows = Need.objects.in_area_of(person(request)).select_related("town", "district").order_by("status", "-changed_at")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "console/needs/list.html", {"page": page})


@never_cache
@guarded(GET="needs.draft", POST="needs.draft")
@unreported
def new(request: HttpRequest) -> HttpResponse:
    """``?worry=`` ties a worry to it, ``?activity=`` and ``?district=`` say about what and where: nobody's words.

    ``?then=hosts`` leads on through publishing to the groups that one could ask.
    """
    begun = {"worries": request.GET.getlist("worry"), **about(request.GET)}
    form = NeedForm(request.POST if request.method == "POST" else None, initial=begun, coordinator=person(request))

    def deed(*, is_checked: bool) -> str:
        need = posting.draft(
            desk=form.cleaned_data["desk"],
            place=form.place,
            now=timezone.now(),
            actor=person(request),
            is_checked=is_checked,
            **form.need_fields(),
        )
        messages.success(request, _("下書きを保存しました。読み直してから、公開してください。"))
        if _leads_to_hosts(request):
            return f"{reverse('console:publish_need', args=[need.pk])}?then={TO_HOSTS}"
        return reverse("console:need", args=[need.pk])

    return _write(request, form, deed, {"leads_to_hosts": _leads_to_hosts(request)})


@never_cache
@guarded(GET="needs.see_own")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "console/needs/show.html", {"need": _found(request, pk, "needs.see_own")})


@never_cache
@guarded(GET="needs.change", POST="needs.change")
@unreported
def change(request: HttpRequest, pk: int) -> HttpResponse:
    need = _found(request, pk, "needs.change")
    sent = request.POST if request.method == "POST" else None
    form = NeedForm(sent, initial=as_written(need), coordinator=person(request), need=need)
    seen_at = request.POST.get("seen_at") or need.changed_at.isoformat()

    def deed(*, is_checked: bool) -> str:
        posting.change(
            need=need,
            place=form.place,
            now=timezone.now(),
            actor=person(request),
            expected_changed_at=read_seen_at(seen_at),
            is_checked=is_checked,
            **form.need_fields(),
        )
        messages.success(request, _("変えたことを保存しました。"))
        return reverse("console:need", args=[pk])

    return _write(request, form, deed, {"need": need, "seen_at": seen_at})


@never_cache
@guarded(GET="needs.publish", POST="needs.publish")
@unreported
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    need = _found(request, pk, "needs.publish")
    form = Form(request.POST if request.method == "POST" else None)
    behind = need.worries.select_related("town") if request.method != "HEAD" else []
    warnings = _warnings(request, posting.says(need), behind)

    def deed() -> str:
        posting.publish(need=need, now=timezone.now(), actor=person(request), is_checked=_is_checked(request, warnings))
        messages.success(request, _("公開しました。だれでも読めるようになりました。"))
        return reverse("console:need_hosts" if _leads_to_hosts(request) else "console:need", args=[pk])

    context = {"need": need, "warnings": warnings}
    return act(request, "console/needs/publish.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="needs.close", POST="needs.close")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    need = _found(request, pk, "needs.close")
    form = Form(request.POST if request.method == "POST" else None)

    def deed() -> str:
        posting.close(need=need, now=timezone.now(), actor=person(request))
        messages.success(request, _("地域ニーズを終えました。"))
        return reverse("console:needs")

    return act(request, "console/needs/close.html", form=form, deed=deed, context={"need": need})


def _leads_to_hosts(request: HttpRequest) -> bool:
    return request.GET.get("then") == TO_HOSTS


def _write(request: HttpRequest, form: NeedForm, deed: Callable[..., str], context: dict[str, Any]) -> HttpResponse:
    """Save, unless the text could give somebody away and nobody has said that they have looked.

    It is looked at before the deed, for a deed that is refused takes back the line that says who looked.
    """
    warnings: list[str] = []
    if request.method == "POST" and form.is_valid():
        warnings = _warnings(request, form.says, form.cleaned_data["worries"].select_related("town"))
    shown = {**context, "warnings": warnings}
    return act(
        request,
        "console/needs/write.html",
        form=form,
        deed=lambda: deed(is_checked=_is_checked(request, warnings)),
        context=shown,
    )


def _warnings(request: HttpRequest, says: str, behind: Iterable[Worry]) -> list[str]:
    return overlaps.warnings(says, behind, now=timezone.now(), actor=person(request))


def _is_checked(request: HttpRequest, warnings: list[str]) -> bool:
    """Whether there is nothing to look at, or somebody says that they have."""
    if warnings and request.POST.get("sure") != "on":
        raise posting.Recognisable(warnings)
    return True


def _found(request: HttpRequest, pk: int, rule: str) -> Need:
    rows = Need.objects.in_area_of(person(request)).select_related("desk__organisation", "town", "district", "host")
    need = get_object_or_404(rows, pk=pk)
    require(request.user, rule, need)
    return need
