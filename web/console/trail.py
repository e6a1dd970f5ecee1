"""Who looked at a person, and what was done for them."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.models import AuditEntry
from accounts.services.audit import LOOKED_AT
from matching.services.coordinating import trail
from web.console import look
from web.console.people import somebody
from web.permissions import guarded

ON_A_PAGE = 50
DONE: Mapping[str, Promise] = {
    LOOKED_AT: _("画面を見ました"),
    "user.registered": _("登録しました"),
    "user.changed": _("呼び名か、ことばを変えました"),
    "profile.create": _("「あなたのこと」を書きました"),
    "profile.change": _("「あなたのこと」を変えました"),
    "profile.pause": _("お休みのことを変えました"),
    "profile.confirm_qualification": _("資格を確かめました"),
    "availability.set_weekly": _("空いている時間を書きました"),
    "availability.set_day": _("ある日の空いている時間を書きました"),
    "suggestion.answered": _("おすすめに返事をしました"),
    "suggestion.undone": _("返事を取り消しました"),
}
SEEN: Mapping[str, Promise] = {
    "person": _("ご本人のこと"),
    "profile": _("聞いたことを書き直す画面"),
    "sheet": _("印刷する紙"),
    "trail": _("この記録"),
    "call_line": _("電話で伝えること"),
}
OTHER = _("参加のことを書きました")


@never_cache
@guarded(GET="people.see_trail")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    volunteer = somebody(request, pk, "people.see_trail")
    look.note(request, volunteer, through="trail")
    page = Paginator(trail.of(volunteer), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(entry, DONE.get(entry.action, OTHER), seen(entry)) for entry in page.object_list]
    return render(request, "console/trail.html", {"volunteer": volunteer, "page": page, "lines": lines})


def seen(entry: AuditEntry) -> str | Promise:
    """Return what was looked at; nothing for what was done."""
    return SEEN.get(entry.detail.get("through", ""), "") if entry.action == LOOKED_AT else ""
