"""What is asked for, for calendars, feed readers and other programs. Nothing here is signed in or kept."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.models import Activity, Organisation, Town
from organisations.models.feed_item import FeedKind
from organisations.publicity import atom, event_list, ical, rpde
from organisations.publicity.published import Kind, Published
from organisations.services.made_public import feeds, publishing
from web.permissions import guarded
from web.unchanged import answer

# A feed that nothing is in was still begun at some time.
BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
KINDS = {"slots": FeedKind.SLOT, "needs": FeedKind.NEED, "offers": FeedKind.OFFER}
HIGHEST = 2**63 - 1


class Narrowed(forms.Form):
    """By whom, about what, where; each may be left out."""

    organisation = forms.ModelChoiceField(Organisation.objects.approved(), required=False)
    activity = forms.ModelChoiceField(Activity.objects.all(), to_field_name="code", required=False)
    town = forms.ModelChoiceField(Town.objects.all(), required=False)

    @property
    def title(self) -> str:
        """「やりたい: 花の世話・左近山」."""
        named = [str(one) for one in (self.cleaned_data[name] for name in self.fields) if one]
        return _("やりたい: %(what)s") % {"what": _("・").join(named) or _("すべての募集")}


class Onwards(forms.Form):
    """Where a reader stopped: both or none."""

    afterTimestamp = forms.IntegerField(min_value=0, max_value=HIGHEST, required=False)  # noqa: N815  the format's word
    afterId = forms.IntegerField(min_value=0, max_value=HIGHEST, required=False)  # noqa: N815

    @property
    def after(self) -> tuple[int, int] | None:
        modified, ref = self.cleaned_data["afterTimestamp"], self.cleaned_data["afterId"]
        if (modified is None) != (ref is None):
            raise Http404
        return None if modified is None else (modified, ref)


@guarded(GET="open_data.read")
def roles_calendar(request: HttpRequest) -> HttpResponse:
    form, now = _narrowed(request), timezone.now()
    slots = list(publishing.slots_for_calendars(now, **form.cleaned_data))
    entries = [ical.of_slot(one, url=publishing.address(Kind.ROLE, one.role_id)) for one in slots]
    # The time of writing would make a new file of every asking.
    stamp = max((one.role.changed_at for one in slots), default=BEGAN)
    address = settings.SITE_URL + request.get_full_path()
    content = ical.calendar(entries, stamp=stamp, name=form.title, address=address)
    return _open(request, content, media="text/calendar; charset=utf-8")


@guarded(GET="open_data.read")
def roles_atom(request: HttpRequest) -> HttpResponse:
    form, now = _narrowed(request), timezone.now()
    found = publishing.going_on(publishing.roles(**form.cleaned_data), now)
    told = [publishing.of_role(one, now=now) for one in publishing.with_times(publishing.newest(found), now)]
    return _atom(request, told, title=form.title, page="public:roles")


@guarded(GET="open_data.read")
def needs_atom(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    told = [publishing.of_need(one, now=now) for one in publishing.newest(publishing.needs())]
    return _atom(request, told, title=_("やりたい: 地域ニーズ"), page="public:needs")


@guarded(GET="open_data.read")
def offers_atom(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    told = [publishing.of_offer(one, now=now) for one in publishing.newest(publishing.offers())]
    return _atom(request, told, title=_("やりたい: 使える場所・物・人手"), page="public:offers")


@guarded(GET="open_data.read")
def event_table(request: HttpRequest, encoding: str = "utf-8-sig") -> HttpResponse:
    """The table that other towns publish too; Japanese in any language."""
    now = timezone.now()
    found = publishing.with_next_times(publishing.roles(), now, at_most=publishing.MOST_TIMES)
    told = [publishing.of_role(one, now=now) for one in found]
    charset = "shift_jis" if encoding == "cp932" else "utf-8"
    content = event_list.table(told, encoding=encoding)
    return _open(request, content, media=f"text/csv; charset={charset}", name="event_list.csv")


@guarded(GET="open_data.read")
def rpde_page(request: HttpRequest, kind: str) -> HttpResponse:
    form = Onwards(request.GET)
    if kind not in KINDS or not form.is_valid():
        raise Http404
    base = settings.SITE_URL + reverse("public:rpde", args=[kind])
    after = form.after
    own = f"{base}?{urlencode({'afterTimestamp': after[0], 'afterId': after[1]})}" if after else base
    items = feeds.page(kind=KINDS[kind], after=after, now=timezone.now())
    content = rpde.page(items, own=own, base=base, licence=settings.OPEN_DATA_LICENCE_URL)
    return _open(request, content, media="application/json")


def _open(request: HttpRequest, content: bytes, *, media: str, name: str = "") -> HttpResponse:
    """Pages of other sites may read it too."""
    told = answer(request, content, media=media, name=name)
    told.headers["Access-Control-Allow-Origin"] = "*"
    return told


def _narrowed(request: HttpRequest) -> Any:
    form = Narrowed(request.GET)
    if not form.is_valid():
        raise Http404
    return form


def _atom(request: HttpRequest, told: list[Published], *, title: str, page: str) -> HttpResponse:
    alive = [one for one in told if not one.is_over]
    content = atom.feed(
        alive,
        title=title,
        address=settings.SITE_URL + request.get_full_path(),
        page=settings.SITE_URL + reverse(page),
        licence=settings.OPEN_DATA_LICENCE,
        changed_at=max((one.changed_at for one in alive), default=BEGAN),
    )
    return _open(request, content, media="application/atom+xml; charset=utf-8")
