"""Who somebody is, whatever they do here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from rules.predicates import Predicate

from accounts.models import User

Person = User | AnonymousUser


class NamesUser(Protocol):
    """A row that belongs to one account: a message, an invitation, a token."""

    @property
    def user_id(self) -> int: ...


def predicate(function: Callable[..., bool]) -> Predicate:
    return Predicate(function)


@predicate
def signed_in(user: Person) -> bool:
    return user.is_authenticated and user.is_active


@predicate
def is_addressee(user: Person, row: NamesUser | None) -> bool:
    """Whether a row that names an account names this person's."""
    return row is None or row.user_id == user.pk
