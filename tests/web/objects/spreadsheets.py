from __future__ import annotations

from organisations.models import DeskMembership
from tests.factories import UploadFactory
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def _upload(side: Side) -> Target:
    """Somebody's own, whatever their desk: a colleague does not see it either."""
    return by_pk(UploadFactory(by=side.account))


def _more_uploads(side: Side, count: int) -> None:
    desk = DeskMembership.objects.filter(user=side.account).latest("pk").desk
    UploadFactory.create_batch(count, by=side.account, desk=desk)


OBJECTS: dict[str, Which] = {
    "console:hand_in": lambda _side: Target({"kind": "roles"}),
    "console:table": lambda _side: Target({"kind": "roles", "file": "template.xlsx"}),
    "console:upload": _upload,
    "console:drop_upload": _upload,
}
LISTS: dict[str, tuple[str, Grow]] = {
    "console:spreadsheets": ("coordinator", _more_uploads),
}
