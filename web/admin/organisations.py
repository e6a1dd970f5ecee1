"""Organisations, their people and places, and the support desks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import DeskMembership, Membership, Organisation, SupportDesk, Venue
from organisations.services import search, venues
from organisations.services.hosts import organisations
from organisations.services.reviewing import reviews
from web.admin.desk import Desk


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Organisation)
class OrganisationAdmin(Desk):
    list_display = ("name", "kind", "town", "approval", "approved_at", "is_sample")
    list_filter = ("approval", "kind", "is_sample")
    list_select_related = ("town",)
    search_fields = ("name", "kana", "email", "phone")
    autocomplete_fields = ("town",)
    readonly_fields = ("approval", "approved_by", "approved_at", "created_at")
    inlines = (MembershipInline,)
    actions = ("approve", "send_back", "suspend")

    @admin.action(description=_("承認する"), permissions=["change"])
    def approve(self, request: HttpRequest, rows: QuerySet[Organisation]) -> None:
        self.take_step(
            request,
            rows,
            lambda row, now, actor: reviews.approve_organisation(organisation=row, by_desk=None, now=now, actor=actor),
        )

    @admin.action(description=_("書き直しをお願いする"), permissions=["change"])
    def send_back(self, request: HttpRequest, rows: QuerySet[Organisation]) -> None:
        self.take_step(
            request,
            rows,
            lambda row, now, actor: reviews.send_back_organisation(
                organisation=row, by_desk=None, now=now, actor=actor
            ),
        )

    @admin.action(description=_("公開を止める"), permissions=["change"])
    def suspend(self, request: HttpRequest, rows: QuerySet[Organisation]) -> None:
        self.take_step(
            request, rows, lambda row, now, actor: organisations.suspend(organisation=row, now=now, actor=actor)
        )

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        if not change:
            obj.created_at = timezone.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search.index(roles=form.instance.roles.all())


@admin.register(Membership)
class MembershipAdmin(Desk):
    list_display = ("user", "organisation", "since")
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "user__name", "organisation__name")
    autocomplete_fields = ("user", "organisation")
    ordering = ("-since", "-pk")


@admin.register(Venue)
class VenueAdmin(Desk):
    list_display = ("name", "organisation", "town", "address", "lat", "lng")
    list_select_related = ("organisation", "town")
    search_fields = ("name", "address", "organisation__name", "town__name")
    autocomplete_fields = ("organisation", "town")
    ordering = ("name", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Venue | None = None) -> tuple[str, ...]:
        """Where public roles take place, coordinators read what changes and who comes hears of it: see ``venues``."""
        is_in_use = obj is not None and venues.is_in_use(obj)
        return ("organisation", "name", "town", "address", "lat", "lng", "found_by") if is_in_use else ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search.index(roles=form.instance.roles.all())


class DeskMembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = DeskMembership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(SupportDesk)
class SupportDeskAdmin(Desk):
    list_display = ("organisation", "hours", "source", "as_of")
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "towns__name")
    autocomplete_fields = ("organisation", "towns")
    inlines = (DeskMembershipInline,)
    ordering = ("organisation__kana", "pk")


@admin.register(DeskMembership)
class DeskMembershipAdmin(Desk):
    list_display = ("user", "desk")
    list_select_related = ("user", "desk__organisation")
    search_fields = ("user__email", "user__name", "desk__organisation__name")
    autocomplete_fields = ("user", "desk")
    ordering = ("-pk",)
