"""A coordinator asks for other words than those in which a public role was changed.

What is sent back is not public any more: the role says again what it said before, and its organisation hears why. There
it can be worded anew, or let go.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import audit
from organisations.models import Review, Rewording, Role, SupportDesk, Venue
from organisations.models.review import ReviewOutcome
from organisations.services import venues
from organisations.services.hosts import letters
from organisations.services.places import place_changes
from organisations.services.reviewing import rereading, reviews
from organisations.services.roles import held, rewordings


@transaction.atomic
def send_back(
    *,
    role: Role,
    seen: dt.datetime | None,
    by_desk: SupportDesk | None,
    now: dt.datetime,
    actor: User,
    reason: str = "",
) -> Rewording:
    """Let *role* say again what it said before it was changed at *seen*, and tell its organisation why.

    Raises
    ------
    StaleForm where there is nothing to read any more, or something else; WrongStatus, VenueExists, UsedWithChildren,
    TextTooLong, UnreadableText
    """
    reason = reviews.readable(reason)
    place = _place_before(role)
    unread = rereading.held(role, seen)
    if place is not None:
        venues.put_back(place=place, now=now, actor=actor)
        unread.role.refresh_from_db()
    if not unread.role.is_with_children:
        rereading.let_say(unread.role, unread.before, now)
    kept = _keep_for_its_host(unread, now)
    Review.objects.create(
        role=kept.role, by=actor, desk=by_desk, outcome=ReviewOutcome.SENT_BACK, reason=reason, at=now
    )
    _tell_its_host(kept.role, reason, now)
    audit.record(
        actor=actor,
        action="role.send_back_rewording",
        target=kept.role,
        now=now,
        fields=sorted(unread.after),
        reason=reason,
    )
    return kept


@transaction.atomic
def let_go(*, role: Role, now: dt.datetime, actor: User | None) -> None:
    """Forget the words that were sent back: the organisation is content with what the role says.

    Raises
    ------
    StaleForm where nothing was sent back, or it was worded anew
    """
    gone, _rows = Rewording.objects.sent_back().filter(role=role).delete()
    if not gone:
        raise held.StaleForm
    audit.record(actor=actor, action="role.let_go_rewording", target=role, now=now)


def _place_before(role: Role) -> place_changes.Place | None:
    """Return what the venue was before; it is held then, as whoever changes it holds it before its roles."""
    unread = role.rewordings.unread().first()
    place: place_changes.Place | None = unread.before.get(rewordings.PLACE) if unread is not None else None
    if place is not None:
        list(Venue.objects.select_for_update(no_key=True).filter(pk=place["venue_id"]))
    return place


def _keep_for_its_host(unread: Rewording, now: dt.datetime) -> Rewording:
    """What was sent back earlier and not worded anew stays beside it."""
    before, after = unread.before, unread.after
    for earlier in unread.role.rewordings.sent_back():
        before, after = earlier.before | before, earlier.after | after
    unread.role.rewordings.filter(read_at=None).delete()
    return Rewording.objects.create(
        role=unread.role, before=before, after=after, at=unread.at, by=unread.by, sent_back_at=now
    )


def _tell_its_host(role: Role, reason: str, now: dt.datetime) -> None:
    letters.tell_members(
        organisation=role.organisation,
        kind="rewording_sent_back",
        title=_("募集「%(role)s」で変えたところについて"),
        body=_(
            "募集「%(role)s」で変えたところに、書き直していただきたいことがあります。"
            "それまでは、前のことばで公開しています。募集のページから書き直せます。"
        ),
        names={"role": role.title},
        about={"role": role.pk},
        now=now,
        reason=reason,
        path=f"/organisation/roles/{role.pk}/",
    )
