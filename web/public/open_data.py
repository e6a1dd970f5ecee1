"""What of this service others may use, where it is, and on which terms."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Activity
from organisations.publicity import event_list
from organisations.services.coordinating import desks
from organisations.services.made_public import publishing
from web.permissions import guarded


@dataclass(frozen=True)
class File:
    """One address: what is in it, and for which program it is written."""

    name: Promise
    format: str
    path: str

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


@guarded(GET="open_data.read")
def show(request: HttpRequest) -> HttpResponse:
    context = {
        "files": _files(),
        "most_times": publishing.MOST_TIMES,
        "most_news": publishing.MOST_NEWS,
        "fields": Activity.objects.filter(parent=None),
        "licence": settings.OPEN_DATA_LICENCE,
        "licence_url": settings.OPEN_DATA_LICENCE_URL,
        "site": settings.SITE_URL,
        "sources": [*settings.OPEN_DATA_SOURCES, event_list.SOURCE],
        "desks": desks.for_town(None),
    }
    return render(request, "public/open_data.html", context)


def _files() -> list[File]:
    return [
        File(_("募集のカレンダー(予定表に登録できます)"), "iCalendar", reverse("public:roles_calendar")),
        File(_("募集の新着"), "Atom", reverse("public:roles_atom")),
        File(_("地域ニーズの新着"), "Atom", reverse("public:needs_atom")),
        File(_("提供の新着"), "Atom", reverse("public:offers_atom")),
        File(_("イベント一覧(文字はUTF-8)"), "CSV", reverse("public:event_table")),
        File(_("イベント一覧(文字はShift_JIS)"), "CSV", reverse("public:event_table_sjis")),
        File(_("募集の日時の移り変わり"), "OpenActive RPDE 1.0", reverse("public:rpde", args=["slots"])),
        File(_("地域ニーズの移り変わり"), "RPDE 1.0", reverse("public:rpde", args=["needs"])),
        File(_("提供の移り変わり"), "RPDE 1.0", reverse("public:rpde", args=["offers"])),
        File(_("プログラムから使うための窓口"), "OpenAPI", reverse("api:docs")),
    ]
