"""Why a role was not suggested to somebody, in kind words, for that person alone."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from matching import dataset, explanations
from matching.engine.fast import FastEngine
from matching.engine.reasons import Reason
from matching.models import Shortlist
from organisations.models import Role
from volunteers.models import Volunteer


def explain(*, volunteer: Volunteer, role: Role, now: dt.datetime) -> list[str]:
    """Return a sentence for each condition that shuts the person out, or one that says that none does."""
    data = dataset.load(now=now, volunteer_ids=[volunteer.pk])
    roles = data.role_ids.tolist()
    if role.pk not in roles:
        return [explanations.why_not(Reason.NOT_OPEN, role)]
    bits = FastEngine(data.problem).why_not(0, roles.index(role.pk))
    if bits:
        return [explanations.why_not(reason, role) for reason in Reason if bits & reason]
    if Shortlist.objects.filter(pk=volunteer.pk, roles__contains=[role.pk]).exists():
        return [_("条件は合っていて、おすすめの候補に入っています。")]
    return [_("条件は合っています。ほかの活動のほうが、やりたいことに近いようでした。")]
