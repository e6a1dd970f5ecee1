from __future__ import annotations

from django.utils import timezone

from organisations.models import DeskMembership, Membership, Role
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from tests.factories.contributing import NeedFactory
from volunteers.services.bringing_in import event_uploads


def _own(kept: Kept) -> str:
    """A role of the host's that people can still join."""
    [email] = [one.email for one in kept.ward.sign_ins if one.kind == "host"]
    role = Role.objects.open().filter(organisation__memberships__user__email=email).earliest("pk")
    return f"/organisation/roles/{role.pk}/media/"


def _of_area(kept: Kept) -> str:
    towns = _desk(kept).desk.towns.all()
    return f"/console/roles/{Role.objects.open().filter(organisation__town__in=towns).earliest('pk').pk}/media/"


def _need(kept: Kept) -> str:
    desk = _desk(kept).desk
    return f"/console/needs/{NeedFactory(desk=desk, town=desk.organisation.town).pk}/media/"


def _desk(kept: Kept) -> DeskMembership:
    [email] = [one.email for one in kept.ward.sign_ins if one.kind == "coordinator"]
    return DeskMembership.objects.filter(user__email=email).earliest("pk")


def _events(kept: Kept) -> str:
    return f"/organisation/{_host(kept).organisation_id}/events/"


def _upload(kept: Kept) -> str:
    """Two lines that can become drafts, and one with faults in two columns."""
    rows = ["イベント名,開始日,開始時間,終了時間", "花見,2027/4/1,10:00,12:00", ",4/1,10:00,"]
    made = event_uploads.keep(
        organisation=_host(kept).organisation,
        name="行事.csv",
        content="\n".join(rows).encode(),
        now=timezone.now(),
        actor=_host(kept).user,
    )
    return f"/organisation/events/{made.pk}/"


def _host(kept: Kept) -> Membership:
    [email] = [one.email for one in kept.ward.sign_ins if one.kind == "host"]
    return Membership.objects.filter(user__email=email).earliest("pk")


PAGES: dict[str, list[Look]] = {
    "public:open_data": [Look("", "/open-data/", is_dark=True)],
    "organisation:media": [Look("host", _own, is_dark=True)],
    "organisation:events": [Look("host", _events)],
    "organisation:events_upload": [Look("host", _upload, is_dark=True)],
    "console:role_media": [Look("coordinator", _of_area)],
    "console:need_media": [Look("coordinator", _need)],
}
NOT_PAGES = {
    *("public:roles_calendar", "public:roles_atom", "public:needs_atom", "public:offers_atom"),
    *("public:event_table", "public:rpde"),
    *("public:event_table_sjis", "public:role_picture", "public:need_picture", "public:offer_picture"),
    *("organisation:flyer", "organisation:offer_flyer"),
    *("console:role_flyer", "console:need_flyer", "console:offer_flyer"),
}
