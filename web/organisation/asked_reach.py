"""What a host asked about how many people a role could reach: the answer is kept until the role is changed."""

from __future__ import annotations

from typing import Any

from django.forms import ChoiceField, Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from matching.dataset.changes import Idea, Kind
from matching.services.explaining import changes, counts, reach
from organisations.models import Role
from web.organisation.own import role_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person

ASKED_FROM = ("role", "when", "who")


class FromForm(Form):
    """Where somebody asked, and so reads the answer."""

    back = ChoiceField(choices=[(name, name) for name in ASKED_FROM], required=False)


@never_cache
@guarded(GET="roles.ask_reach", POST="roles.ask_reach")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    role = role_of(request, pk, "roles.ask_reach")
    form = FromForm(request.POST if request.method == "POST" else None)

    def find() -> str:
        _keep(request, role, reach.ask(role=role, now=timezone.now(), actor=person(request)))
        return reverse(f"organisation:{form.cleaned_data['back'] or 'role'}", args=[role.pk]) + "#reach"

    context = {"role": role, "counts": counts.for_role(role=role), **panel(request, role)}
    return act(request, "organisation/reach.html", form=form, deed=find, context=context)


def panel(request: HttpRequest, role: Role) -> dict[str, Any]:
    """Return what ``organisation/reach_panel.html`` shows: whether one can ask, and what the answer was."""
    kept = request.session.get(_name(role), {})
    is_fresh = kept.get("changed_at") == role.changed_at.isoformat()
    more = {Idea(Kind(kind), value): count for kind, value, count in kept.get("more", [])}
    return {
        "can_ask": reach.can_ask(role=role, now=timezone.now()),
        "was_asked": is_fresh,
        "opened": changes.worded(more) if is_fresh else [],
    }


def _keep(request: HttpRequest, role: Role, more: dict[Idea, int]) -> None:
    found = [[idea.kind.value, idea.value, count] for idea, count in more.items()]
    request.session[_name(role)] = {"changed_at": role.changed_at.isoformat(), "more": found}


def _name(role: Role) -> str:
    return f"reach of role {role.pk}"
