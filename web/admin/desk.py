"""How the repair desk behaves, whatever the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.db.models import Field, Model, QuerySet, URLField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.errors import DomainError

Deed = Callable[[Any, dt.datetime, User], object]


class Desk(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that stays quick however long it grows."""

    list_per_page = 50
    show_full_result_count = False
    formfield_overrides: ClassVar[dict[type[Field[Any, Any]], dict[str, Any]]] = {
        URLField: {"assume_scheme": "https"},
    }

    def take_step(self, request: HttpRequest, rows: QuerySet[Any], deed: Deed) -> None:
        """Do the same to each row; say how many went well, and of each other one why not."""
        done = 0
        for row in rows:
            try:
                deed(row, timezone.now(), cast(User, request.user))
            except DomainError as error:
                self.message_user(request, f"{row}: {error}", messages.ERROR)
            else:
                done += 1
        if done:
            self.message_user(request, _("%(done)s件、終わりました。") % {"done": done}, messages.SUCCESS)


class ReadOnly(Desk):
    """Rows that only a service may write: to look at, never to edit here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Shown(admin.TabularInline):  # type: ignore[type-arg]
    """Rows under another row, to look at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
