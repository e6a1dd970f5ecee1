"""The towns in which a coordinator may bring in rows."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import DeskMembership, Town
from organisations.services import words
from organisations.services.bringing_in.cells import CellError
from organisations.services.places.points import check_has_point


def town_reader(user: User) -> Callable[[str], Town]:
    """Return what reads a town of the area that *user* coordinates, with or without city and ward before it.

    Raises
    ------
    CellError, TownWithoutPoint
    """
    own = set(Town.objects.filter(pk__in=DeskMembership.objects.towns_of(user)).values_list("pk", flat=True))
    known: dict[str, list[Town]] = {}
    for town in Town.objects.all():
        for name in (town.name, town.ward + town.name):
            known.setdefault(words.fold(name), []).append(town)

    def read(text: str) -> Town:
        found = known.get(words.fold(text)) or known.get(words.fold(text.partition("市")[2]), [])
        here = [town for town in found if town.pk in own]
        if not found:
            raise CellError(
                _("「%(text)s」という町が見つかりません。町丁目の名前で書いてください。") % {"text": text[:40]}
            )
        if not here:
            raise CellError(_("この町は、受け持ちの地域の外です。"))
        check_has_point(here[0])
        return here[0]

    return read
