from __future__ import annotations

from tests.factories import SlotFactory, UploadFactory
from tests.factories.contributing import NeedFactory
from tests.web.objects.needs import desk_of
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side
from volunteers.models.upload import UploadKind


def _need(side: Side) -> Target:
    return by_pk(NeedFactory(town=side.posted.organisation.town, desk=desk_of(side)))


def _upload(side: Side) -> Target:
    """Handed in by whoever looks, for their organisation."""
    of = {"desk": None, "organisation": side.posted.organisation, "kind": UploadKind.EVENTS}
    return by_pk(UploadFactory(by=side.account, **of))


OBJECTS: dict[str, Which] = {
    "public:rpde": lambda _side: Target({"kind": "slots"}),
    "public:role_picture": lambda side: by_pk(side.posted.role),
    "public:need_picture": _need,
    "organisation:media": lambda side: by_pk(side.posted.role),
    "organisation:flyer": lambda side: by_pk(side.posted.role),
    "organisation:events": lambda side: by_pk(side.posted.organisation),
    "organisation:events_upload": _upload,
    "organisation:drop_events": _upload,
    "console:role_media": lambda side: by_pk(side.posted.role),
    "console:role_flyer": lambda side: by_pk(side.posted.role),
    "console:need_media": _need,
    "console:need_flyer": _need,
}


def _more_roles(_side: Side, count: int) -> None:
    SlotFactory.create_batch(count)


def _more_needs(_side: Side, count: int) -> None:
    NeedFactory.create_batch(count)


LISTS: dict[str, tuple[str, Grow]] = {
    "public:roles_calendar": ("stranger", _more_roles),
    "public:roles_atom": ("stranger", _more_roles),
    "public:event_table": ("stranger", _more_roles),
    "public:needs_atom": ("stranger", _more_needs),
}
