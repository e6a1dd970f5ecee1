"""Who may do what: ONE table, asked by pages, API and templates alike.

Asked without an object, a rule says whether this kind of person may do it at all; asked with one, whether they may
do it to this one. Templates ask ``{% load rules %}{% test_rule "roles.change" user role as may_change %}``.
Superusers get nothing extra here: the repair desk is the admin, and it has rights of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from rules.predicates import Predicate
from rules.predicates import always_allow as anybody
from rules.rulesets import set_rule

from accounts.models import User
from matching.models import Suggestion
from organisations.models import DeskMembership, Membership, Organisation, Role, Slot, Town
from organisations.services.desks import is_coordinator_of
from volunteers.models import Application, Placement, Volunteer

Person = User | AnonymousUser
Posted = Organisation | Role | Slot | Application
PageView = Callable[..., HttpResponseBase]


def predicate(function: Callable[..., bool]) -> Predicate:
    return Predicate(function)


@predicate
def signed_in(user: Person) -> bool:
    return user.is_authenticated and user.is_active


@predicate
def has_profile(user: Person) -> bool:
    return user.is_authenticated and Volunteer.objects.filter(user=user).exists()


@predicate
def is_oneself(user: Person, volunteer: Volunteer | None) -> bool:
    return volunteer is None or volunteer.user_id == user.pk


@predicate
def is_own(user: Person, row: Suggestion | Placement | Application | None) -> bool:
    """Whether a row that names a volunteer names this person."""
    return row is None or row.volunteer.user_id == user.pk


@predicate
def is_public(_user: Person, role: Role | None) -> bool:
    return role is None or Role.objects.public().filter(pk=role.pk).exists()


@predicate
def acts_for(user: Person, posted: Posted | None) -> bool:
    """Whether this person is a member of the organisation that posted this, or of any."""
    if not user.is_authenticated:
        return False
    own = Membership.objects.filter(user=user)
    return (own if posted is None else own.filter(organisation=_organisation(posted))).exists()


@predicate
def is_released(_user: Person, application: Application | None) -> bool:
    """An organisation hears of somebody under 16 only after a coordinator has looked."""
    return application is None or application.released_at is not None


@predicate
def has_area(user: Person) -> bool:
    return user.is_authenticated and DeskMembership.objects.filter(user=user).exists()


@predicate
def coordinates(user: Person, posted: Posted | None) -> bool:
    """Whether the place of this lies in this person's area."""
    return posted is None or any(is_coordinator_of(user, town) for town in _towns(posted))


@predicate
def coordinates_home(user: Person, application: Application | None) -> bool:
    """Whether the person who asks lives in this person's area: the young are looked after where they live."""
    return application is None or is_coordinator_of(user, application.volunteer.town)


def _role(posted: Role | Slot | Application) -> Role:
    if isinstance(posted, Application):
        return posted.slot.role
    return posted.role if isinstance(posted, Slot) else posted


def _organisation(posted: Posted) -> Organisation:
    return posted if isinstance(posted, Organisation) else _role(posted).organisation


def _towns(posted: Posted) -> list[Town]:
    """Where its organisation is, and where it happens."""
    organisation = _organisation(posted)
    venue = None if isinstance(posted, Organisation) else _role(posted).venue
    return [organisation.town, *([venue.town] if venue else [])]


PERMISSIONS: Mapping[str, Predicate] = {
    # open to everybody
    "pages.read": anybody,
    "vocabulary.read": anybody,
    "roles.read": is_public,
    # one's own account
    "account.see": signed_in,
    "account.choose_notices": signed_in,
    "tokens.manage": signed_in,
    # one's own life as a volunteer
    "volunteers.create": signed_in,
    "volunteers.see_own": has_profile & is_oneself,
    "volunteers.change_own": has_profile & is_oneself,
    "volunteers.pause": has_profile & is_oneself,
    "roles.why_not": has_profile & is_public,
    "slots.join": has_profile,
    "suggestions.see": has_profile & is_own,
    "suggestions.answer": has_profile & is_own,
    "places.see": has_profile & is_own,
    "places.cancel": has_profile & is_own,
    "applications.see_own": has_profile & is_own,
    "applications.withdraw": has_profile & is_own,
    # for one's organisation
    "organisations.see_own": acts_for,
    "organisations.add_venue": acts_for,
    "organisations.see_candidates": acts_for,
    "roles.see_own": acts_for,
    "roles.draft": acts_for,
    "roles.change": acts_for,
    "roles.submit": acts_for,
    "roles.close": acts_for,
    "roles.cancel": acts_for,
    "slots.add": acts_for,
    "slots.change": acts_for,
    "applications.see": acts_for & is_released,
    "applications.answer": acts_for & is_released,
    # as a coordinator, in one's own area
    "roles.review": has_area & coordinates,
    "roles.publish": has_area & coordinates,
    "roles.see_changes": has_area & coordinates,
    "runs.see": has_area,
    "applications.review": has_area & coordinates_home,
    "applications.release": has_area & coordinates_home,
}
for _name, _predicate in PERMISSIONS.items():
    set_rule(_name, _predicate)  # type: ignore[no-untyped-call]


def may(user: Person, rule: str, target: object = None) -> bool:
    """Whether *rule* lets *user* do it; a rule that is not in the table is a mistake of ours."""
    return bool(PERMISSIONS[rule].test(user, target))


def require(user: Person, rule: str, target: object = None) -> None:
    """Answer "not allowed" exactly as "not there"."""
    if not may(user, rule, target):
        raise Http404


def guarded(**rule_by_method: str) -> Callable[[PageView], PageView]:
    """Name the rule of each method of a page; strangers are asked to sign in, others find nothing there.

    Only the kind of person is checked here; the page itself asks ``require`` about the object it has found.
    """

    def decorate(view: PageView) -> PageView:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            rule = rule_by_method.get("GET" if request.method == "HEAD" else request.method or "")
            if rule is None:
                return HttpResponseNotAllowed(rule_by_method)
            if not may(request.user, rule):
                if request.user.is_authenticated:
                    raise Http404
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        guard.rules = rule_by_method  # type: ignore[attr-defined]
        return guard

    return decorate
