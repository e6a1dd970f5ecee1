"""Roles and their slots. Status and taken places move by their steps only."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.errors import DomainError
from organisations.models import Rewording, Role, RoleActivity, Slot
from organisations.models.role import PUBLISHED
from organisations.services import search
from organisations.services.reviewing import reviews
from organisations.services.roles import approval, closing, rewordings
from organisations.services.times import limits, slots
from volunteers.services.taking_part import placements
from web.admin.desk import Desk, ReadOnly, Shown


class ActivityInline(admin.TabularInline):  # type: ignore[type-arg]
    model = RoleActivity
    extra = 0
    autocomplete_fields = ("activity",)


class SlotInline(Shown):
    model = Slot
    fields = ("starts_at", "ends_at", "minutes", "capacity", "taken", "cancelled_at")
    readonly_fields = ("taken",)
    show_change_link = True


@admin.register(Role)
class RoleAdmin(Desk):
    list_display = ("title", "organisation", "venue", "status", "insurance", "published_at", "changed_at")
    list_filter = ("status", "insurance", "is_online", "asks_first")
    list_select_related = ("organisation", "venue")
    search_fields = ("title", "title_en", "organisation__name")
    autocomplete_fields = ("organisation", "venue", "skills", "qualifications", "access")
    readonly_fields = ("status", "created_at", "changed_at", "submitted_at", "published_at", "place_changed_at")
    inlines = (ActivityInline, SlotInline)
    # What coordinators found good changes through its organisation, so that they read it and who comes hears of it.
    read = ("organisation", "is_with_children", *(name.removesuffix("_id") for name in rewordings.WORDS))
    actions = ("publish", "send_back", "close", "call_off", "index")

    def get_readonly_fields(self, request: HttpRequest, obj: Role | None = None) -> tuple[str, ...]:
        is_public = obj is not None and obj.status in PUBLISHED
        return (*self.readonly_fields, *(self.read if is_public else ()))

    @admin.action(description=_("公開する"), permissions=["change"])
    def publish(self, request: HttpRequest, rows: QuerySet[Role]) -> None:
        self.take_step(
            request, rows, lambda row, now, actor: reviews.approve_role(role=row, by_desk=None, now=now, actor=actor)
        )
        for row in reviews.with_first_look(rows):
            self.message_user(request, f"{row}: {approval.NeedsSecondLook.message}", messages.WARNING)

    @admin.action(description=_("下書きに戻す"), permissions=["change"])
    def send_back(self, request: HttpRequest, rows: QuerySet[Role]) -> None:
        self.take_step(
            request, rows, lambda row, now, actor: reviews.send_back_role(role=row, by_desk=None, now=now, actor=actor)
        )

    @admin.action(description=_("募集を終える"), permissions=["change"])
    def close(self, request: HttpRequest, rows: QuerySet[Role]) -> None:
        self.take_step(request, rows, lambda row, now, actor: closing.close(role=row, now=now, actor=actor))

    @admin.action(description=_("中止にして、参加者に知らせる"), permissions=["change"])
    def call_off(self, request: HttpRequest, rows: QuerySet[Role]) -> None:
        self.take_step(request, rows, lambda row, now, actor: placements.cancel_role(role=row, now=now, actor=actor))

    @admin.action(description=_("さがすためのことばを作り直す"), permissions=["change"])
    def index(self, request: HttpRequest, rows: QuerySet[Role]) -> None:
        done = search.index(roles=Role.objects.filter(pk__in=rows.values("pk")))
        self.message_user(request, _("%(done)s件、終わりました。") % {"done": done})

    def save_model(self, request: HttpRequest, obj: Role, form: Any, change: bool) -> None:
        obj.changed_at = timezone.now()
        if not change:
            obj.created_at = obj.changed_at
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search.index(roles=Role.objects.filter(pk=form.instance.pk))


@admin.register(Rewording)
class RewordingAdmin(ReadOnly):
    list_display = ("at", "role", "by", "first_read_by", "read_by", "read_at", "sent_back_at")
    list_filter = (("read_at", admin.EmptyFieldListFilter), ("sent_back_at", admin.EmptyFieldListFilter))
    list_select_related = ("role", "by", "first_read_by", "read_by")
    search_fields = ("role__title", "role__organisation__name")
    ordering = ("-at", "-pk")


class SlotForm(forms.ModelForm):  # type: ignore[type-arg]
    """Says beside the fields what the service would refuse."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            if self.instance.pk is None:
                times = {name: data.get(name) for name in ("starts_at", "ends_at", "minutes")}
                limits.check_times(**times, now=timezone.now())  # type: ignore[arg-type]
            else:
                limits.check_capacity(data["capacity"], taken=self.instance.taken)
        except DomainError as error:
            raise forms.ValidationError(str(error), code=error.code) from error
        return data


@admin.register(Slot)
class SlotAdmin(Desk):
    form = SlotForm
    list_display = ("starts_at", "role", "ends_at", "minutes", "capacity", "taken", "cancelled_at")
    list_filter = (("cancelled_at", admin.EmptyFieldListFilter), "starts_at")
    list_select_related = ("role",)
    search_fields = ("role__title", "role__organisation__name")
    autocomplete_fields = ("role",)
    fields = ("role", "starts_at", "ends_at", "minutes", "capacity", "taken", "cancelled_at")
    actions = ("call_off",)
    ordering = ("-starts_at", "-pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Slot | None = None) -> tuple[str, ...]:
        """People may have agreed to these times: afterwards only the number of places changes."""
        kept = ("role", "starts_at", "ends_at", "minutes") if obj is not None else ()
        return (*kept, "taken", "cancelled_at")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.action(description=_("中止にして、参加者に知らせる"), permissions=["change"])
    def call_off(self, request: HttpRequest, rows: QuerySet[Slot]) -> None:
        self.take_step(request, rows, lambda row, now, actor: placements.cancel_slot(slot=row, now=now, actor=actor))

    def save_model(self, request: HttpRequest, obj: Slot, form: Any, change: bool) -> None:
        now = timezone.now()
        if change:
            slots.change_capacity(slot=obj, capacity=obj.capacity, now=now, actor=cast(User, request.user))
            return
        given = {name: getattr(obj, name) for name in ("role", "starts_at", "ends_at", "minutes", "capacity")}
        obj.pk = slots.add(**given, now=now, actor=cast(User, request.user)).pk
