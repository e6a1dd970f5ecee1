"""What the neighbourhoods need, from the list to the role that it becomes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from organisations.models import Need, Organisation
from organisations.models.pattern import When
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from tests.factories import HostingRequestFactory, NeedFactory, PledgeFactory
from volunteers.models import Pledge, Volunteer


def _user(kept: Kept, kind: str) -> User:
    return User.objects.get(email=next(one.email for one in kept.ward.sign_ins if one.kind == kind))


def _needs(kept: Kept) -> list[Need]:
    """Two small ones of the coordinator's desk, in one town."""
    desk = _user(kept, "coordinator").desk_memberships.get().desk
    small: dict[str, Any] = {
        "desk": desk,
        "town": desk.towns.first(),
        "minutes": 30,
        "when": [When.SAT_AM, When.SUN_AM],
    }
    small |= {"wanted_until": timezone.localdate() + dt.timedelta(days=30), "published_at": timezone.now()}
    return [NeedFactory(title=title, **small) for title in ("電球の交換を30分", "粗大ごみを出すのを手伝う")]


def _need(kept: Kept) -> Need:
    return _needs(kept)[0]


def _pledge(kept: Kept) -> Pledge:
    volunteer = Volunteer.objects.get(user=_user(kept, "volunteer"))
    made: Pledge = PledgeFactory(volunteer=volunteer, need=_need(kept), words="脚立があります。")
    return made


def _page(kept: Kept, page: str) -> str:
    return f"/console/needs/{_pledge(kept).need_id}/{page}/"


def _hosts(kept: Kept) -> str:
    asked = HostingRequestFactory(need=_need(kept))
    return f"/console/needs/{asked.need_id}/hosts/"


def _visits(kept: Kept) -> str:
    _needs(kept)
    return "/console/visits/"


def _visit(kept: Kept) -> str:
    one, other = _needs(kept)
    return f"/console/visits/new/?need={one.pk}&need={other.pk}"


def _hosting(kept: Kept) -> str:
    organisation = Organisation.objects.of(_user(kept, "host")).earliest("pk")
    return f"/organisation/hosting/{HostingRequestFactory(need=_need(kept), organisation=organisation).pk}/"


def _places(kept: Kept) -> str:
    _pledge(kept)
    return "/my/places/"


PAGES: dict[str, list[Look]] = {
    "public:needs": [
        Look("", lambda kept: f"/needs/?town={_need(kept).town_id}", is_dark=True),
        Look("", "/needs/?words=zzzz"),
        Look("", "/needs/?helps=x"),
    ],
    "public:needs_map": [Look("", lambda kept: f"/needs/map/?helps={_need(kept).helps[0]}")],
    "public:need": [Look("", lambda kept: f"/needs/{_need(kept).pk}/", is_dark=True)],
    "volunteer:pledge": [
        Look("volunteer", lambda kept: f"/my/needs/{_need(kept).pk}/pledge/"),
        Look("volunteer", _places),
    ],
    "volunteer:withdraw_pledge": [Look("volunteer", lambda kept: f"/my/pledges/{_pledge(kept).pk}/withdraw/")],
    "console:need_pledges": [Look("coordinator", lambda kept: _page(kept, "pledges"), is_dark=True)],
    "console:need_role": [Look("coordinator", lambda kept: _page(kept, "role"))],
    "console:need_hosts": [Look("coordinator", _hosts)],
    "console:visits": [Look("coordinator", "/console/visits/"), Look("coordinator", _visits)],
    "console:visit": [Look("coordinator", _visit)],
    "organisation:hosting": [Look("host", _hosting)],
}
NOT_PAGES: set[str] = set()
