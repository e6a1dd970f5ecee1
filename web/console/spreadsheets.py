"""Tables to take away and to bring in: handed in, looked at, then written whole or not at all."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.models.consent import ConsentKind
from organisations.models import SupportDesk
from organisations.spreadsheets import read, write
from volunteers.models import Upload
from volunteers.models.upload import UploadKind
from volunteers.services.bringing_in import kinds, uploads
from web import bringing_in
from web.console.spreadsheet_forms import AgreedForm, DropForm, FileForm
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.texts import CONTACT_TEXT, TERMS_TEXT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@guarded(GET="spreadsheets.use")
def index(request: HttpRequest) -> HttpResponse:
    open_ones = (
        Upload.objects.filter(by=person(request), done_at=None, desk__isnull=False).defer("content").order_by("-at")
    )
    return render(
        request,
        "console/spreadsheets/index.html",
        {"kinds": [_kind(kind) for kind in kinds.KINDS], "uploads": open_ones[:20]},
    )


@never_cache
@guarded(GET="spreadsheets.use", POST="spreadsheets.use")
def hand_in(request: HttpRequest, kind: str) -> HttpResponse:
    user, known = person(request), _kind(kind)
    form = FileForm(request.POST or None, request.FILES or None)

    def deed() -> str:
        file = form.cleaned_data["file"]
        desk = SupportDesk.objects.filter(memberships__user=user).order_by("pk").first()
        if desk is None:
            raise Http404
        upload = uploads.keep(kind=kind, name=file.name, content=file.read(), desk=desk, now=timezone.now(), actor=user)
        return reverse("console:upload", args=[upload.pk])

    context = {"kind": known, "columns": kinds.KINDS[kind].columns(user), "most_rows": read.MOST_ROWS}
    return act(
        request,
        "console/spreadsheets/hand_in.html",
        form=form,
        deed=deed,
        context=context,
        field_of=lambda _refusal: "file",
    )


@never_cache
@guarded(GET="spreadsheets.see_own", POST="spreadsheets.see_own")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = _own(request, pk)
    plan = uploads.look(upload=found, now=timezone.now())
    form = AgreedForm(request.POST or None, is_about_people=found.kind == UploadKind.VOLUNTEERS)

    def deed() -> str:
        lines = uploads.bring(upload=found, now=timezone.now(), actor=user, texts=_texts())
        messages.success(request, _("%(lines)s行を取り込みました。") % {"lines": lines})
        return reverse("console:spreadsheets")

    context = {
        **bringing_in.context(found, plan, frame="console/base.html", dropping="console:drop_upload"),
        "faulty_rows": len({fault.row for fault in plan.faults}),
        "shown": [_shown(found.kind, entry.number, entry.values) for entry in plan.fine[:10]],
        "contact_text": CONTACT_TEXT,
    }
    return act(request, "console/spreadsheets/upload.html", form=form, deed=deed, context=context)


@never_cache
@guarded(POST="spreadsheets.see_own")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = _own(request, pk)

    def deed() -> str:
        uploads.drop(upload=found, now=timezone.now(), actor=user)
        messages.success(request, _("取り込むのをやめました。表は消しました。"))
        return reverse("console:spreadsheets")

    return act(
        request, "console/spreadsheets/drop.html", form=DropForm(request.POST), deed=deed, context={"upload": found}
    )


@never_cache
@guarded(GET="spreadsheets.use")
def file(request: HttpRequest, kind: str, file: str) -> HttpResponse:
    """An empty table to fill in, or what there is, for Excel or as CSV."""
    user, known = person(request), _kind(kind)
    what, _dot, form = file.partition(".")
    if what not in ("template", "rows") or form not in ("xlsx", "csv", "sjis.csv"):
        raise Http404
    names = kinds.names(kind, user)
    is_look = what == "template" or request.method == "HEAD"
    rows = [] if is_look else uploads.table(kind=kind, user=user, now=timezone.now())
    if form == "xlsx":
        content, media = write.xlsx(_sheet(known), names, rows), XLSX
    else:
        content, media = write.csv(names, rows, "cp932" if form == "sjis.csv" else "utf-8-sig"), "text/csv"
    answer = HttpResponse(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind}-{what}.{form}"'
    return answer


def _kind(kind: str) -> UploadKind:
    if kind not in kinds.KINDS:
        raise Http404
    return UploadKind(kind)


def _own(request: HttpRequest, pk: int) -> tuple[User, Upload]:
    user = person(request)
    found = get_object_or_404(Upload, pk=pk, by=user, done_at=None, desk__isnull=False)
    require(user, "spreadsheets.see_own", found)
    return user, found


def _sheet(kind: UploadKind) -> str:
    with override("ja"):
        return str(kind.label)


def _texts() -> dict[str, str]:
    """The words of the paper form, which is Japanese."""
    with override("ja"):
        return {ConsentKind.TERMS: str(TERMS_TEXT), ConsentKind.CONTACT: str(CONTACT_TEXT)}


def _shown(kind: str, number: int, values: dict[str, object]) -> tuple[int, str, str]:
    if kind == UploadKind.ROLES:
        return number, str(values["title"]), str(values["organisation"])
    return number, str(values["name"]), str(values["town"])
