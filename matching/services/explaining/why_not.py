"""Why a role was not suggested to somebody, in kind words, for that person alone."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from matching import dataset, explanations
from matching.dataset import one_role
from matching.dataset.asked import LEAD
from matching.engine import scoring
from matching.engine.fast import FastEngine
from matching.engine.problem import Problem
from matching.engine.reasons import Reason
from matching.models import Shortlist
from matching.services.listing import lists, weights
from organisations.models import Role
from volunteers.models import Volunteer


def explain(*, volunteer: Volunteer, role: Role, now: dt.datetime) -> list[str]:
    """Return a sentence for each condition that shuts the person out, or one that says how the role compares.

    Any role will do, also one that is full, over or not open. Nothing but this pair is read and computed.
    """
    days = dataset.days_from(now)
    problem, _slots = one_role.read(role=role, volunteer_ids=[volunteer.pk], days=days, now=now, with_past=True)
    bits = FastEngine(problem).why_not(0, 0)
    if not bits:
        return [_compared(volunteer, role, problem)]
    untimely = _untimely(role, problem, now) if bits & (Reason.CAPACITY | Reason.TIME) else ""
    reasons = [reason for reason in Reason if bits & reason]
    if untimely:
        reasons = [reason for reason in reasons if not reason & (Reason.CAPACITY | Reason.TIME)]
    said = [explanations.why_not(reason, role) for reason in reasons]
    return [*said, untimely] if untimely else said


def _untimely(role: Role, problem: Problem, now: dt.datetime) -> str:
    """Return what is to be said where it is neither places nor the person's time, but that nothing can be asked for."""
    if len(problem.slots.choice_slot):
        return ""
    ahead = role.slots.filter(cancelled_at=None, ends_at__gt=now)
    if ahead.filter(starts_at__gt=now + LEAD).exists():
        return "" if len(problem.slots) else _("まだ先の活動です。日が近づいたら、おすすめの候補になります。")
    if ahead.exists():
        return _("もう始まったか、もうすぐ始まるため、おすすめには間に合いませんでした。")
    return _("これからの日にちはありません。")


def _compared(volunteer: Volunteer, role: Role, problem: Problem) -> str:
    """Return how a role whose conditions fit compares with what the person would like, and with other roles."""
    shortlist = Shortlist.objects.filter(pk=volunteer.pk).first()
    if shortlist is not None and role.pk in shortlist.roles:
        place = shortlist.roles.index(role.pk) + 1
        return _("条件は合っていて、おすすめの候補の%(place)d番目に入っています。") % {"place": place}
    by = weights.current()
    parts = FastEngine(problem).rank(top=1, floor=0.0, weights=by).parts
    if scoring.relevance(parts, by)[0] < scoring.FLOOR:
        return _("条件は合っています。ただ、やりたいことと近いところが見つかりませんでした。")
    if shortlist is None or len(shortlist.roles) < lists.TOP:  # there was room: it has not been looked at yet
        return _("条件は合っています。次におすすめをえらぶときに、候補になります。")
    return _("条件は合っています。ほかの活動のほうが、やりたいことに近いようでした。")
