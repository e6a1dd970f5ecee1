"""Volunteers, what they asked for and agreed to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from matching.services.leaving import stepping_back
from volunteers.models import Application, AvailabilityException, HeldQualification, Placement, Volunteer
from volunteers.services.people import profiles
from volunteers.services.taking_part import applications
from web.admin.desk import Desk, ReadOnly
from web.week import hours


class HeldInline(admin.TabularInline):  # type: ignore[type-arg]
    model = HeldQualification
    extra = 0
    autocomplete_fields = ("qualification",)
    readonly_fields = ("confirmed_at", "confirmed_by")


@admin.register(Volunteer)
class VolunteerAdmin(Desk):
    list_display = ("user", "town", "travel_limit_km", "party_size", "paused_until", "changed_at")
    list_filter = ("takes_online", "is_home_only", ("paused_until", admin.EmptyFieldListFilter))
    list_select_related = ("user", "town")
    search_fields = ("user__email", "user__name", "town__name")
    autocomplete_fields = ("user", "town", "interests", "avoids", "skills", "access_needs")
    readonly_fields = ("registered_by", "greeted_at", "greeted_by", "free", "created_at", "changed_at")
    inlines = (HeldInline,)
    ordering = ("-changed_at", "-pk")

    @admin.display(description=_("毎週の空いている時間"))
    def free(self, volunteer: Volunteer) -> str:
        week = getattr(volunteer, "availability", None)
        days = enumerate(week.weekly) if week is not None else ()
        return " / ".join(f"{WEEKDAYS_ABBR[day]} {hours(mask)}" for day, mask in days if mask) or "-"

    def save_model(self, request: HttpRequest, obj: Volunteer, form: Any, change: bool) -> None:
        obj.changed_at = timezone.now()
        if not change:
            obj.created_at = obj.changed_at
        super().save_model(request, obj, form, change)


@admin.register(HeldQualification)
class HeldQualificationAdmin(ReadOnly):
    list_display = ("volunteer", "qualification", "confirmed_at", "confirmed_by")
    list_filter = (("confirmed_at", admin.EmptyFieldListFilter), "qualification__proof")
    list_select_related = ("volunteer__user", "qualification", "confirmed_by")
    search_fields = ("volunteer__user__email", "volunteer__user__name", "qualification__ja")
    actions = ("confirm",)
    ordering = ("-pk",)

    @admin.action(description=_("書類を見て確かめた"), permissions=["confirm"])
    def confirm(self, request: HttpRequest, rows: QuerySet[HeldQualification]) -> None:
        self.take_step(
            request,
            rows,
            lambda row, now, actor: profiles.confirm_qualification(
                volunteer=row.volunteer, qualification=row.qualification, now=now, actor=actor
            ),
        )

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("volunteers.change_heldqualification")


@admin.register(AvailabilityException)
class AvailabilityExceptionAdmin(ReadOnly):
    list_display = ("volunteer", "on", "free_hours")
    list_select_related = ("volunteer__user",)
    search_fields = ("volunteer__user__email", "volunteer__user__name")
    ordering = ("-on", "-pk")
    fields = ("volunteer", "on", "free_hours")
    readonly_fields = ("free_hours",)

    @admin.display(description=_("空いている時間"))
    def free_hours(self, day: AvailabilityException) -> str:
        return hours(day.free)


@admin.register(Application)
class ApplicationAdmin(ReadOnly):
    list_display = ("asked_at", "volunteer", "role", "slot", "status", "released_at", "answered_at")
    list_filter = ("status", ("released_at", admin.EmptyFieldListFilter))
    list_select_related = ("volunteer__user", "slot__role")
    search_fields = ("volunteer__user__email", "volunteer__user__name", "slot__role__title")
    actions = ("release", "withdraw")
    ordering = ("-asked_at", "-pk")

    @admin.display(description=_("募集"))
    def role(self, application: Application) -> str:
        return application.slot.role.title

    @admin.action(description=_("確かめたので、団体に伝える"), permissions=["step"])
    def release(self, request: HttpRequest, rows: QuerySet[Application]) -> None:
        self.take_step(
            request, rows, lambda row, now, actor: applications.release(application=row, now=now, actor=actor)
        )

    @admin.action(description=_("本人に代わって取り下げる"), permissions=["step"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Application]) -> None:
        self.take_step(
            request, rows, lambda row, now, actor: stepping_back.withdraw(application=row, now=now, actor=actor)
        )

    def has_step_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("volunteers.change_application")


@admin.register(Placement)
class PlacementAdmin(ReadOnly):
    list_display = ("agreed_at", "volunteer", "role", "slot", "places", "cancelled_at")
    list_filter = (("cancelled_at", admin.EmptyFieldListFilter),)
    list_select_related = ("volunteer__user", "slot__role")
    search_fields = ("volunteer__user__email", "volunteer__user__name", "slot__role__title")
    actions = ("call_off",)
    ordering = ("-agreed_at", "-pk")

    @admin.display(description=_("募集"))
    def role(self, placement: Placement) -> str:
        return placement.slot.role.title

    @admin.action(description=_("本人に代わってとりやめる"), permissions=["step"])
    def call_off(self, request: HttpRequest, rows: QuerySet[Placement]) -> None:
        self.take_step(request, rows, lambda row, now, actor: stepping_back.cancel(placement=row, now=now, actor=actor))

    def has_step_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("volunteers.change_placement")
