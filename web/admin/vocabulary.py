"""Towns, and the words people choose from."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from organisations.models import AccessFeature, Activity, District, Qualification, Role, Skill, Town
from organisations.services import search
from web.admin.desk import Desk

NAMES = ("code", "ja", "en", "easy_ja", "position")


@admin.register(Town)
class TownAdmin(Desk):
    list_display = ("name", "kana", "ward", "district", "lat", "lng")
    list_filter = ("ward", "district")
    list_select_related = ("district",)
    search_fields = ("name", "kana", "ward")


@admin.register(District)
class DistrictAdmin(Desk):
    list_display = ("name", "kana", "code", "position")
    search_fields = ("name", "kana", "code")


@admin.register(Activity)
class ActivityAdmin(Desk):
    list_display = (*NAMES, "parent")
    list_select_related = ("parent",)
    search_fields = ("code", "ja", "en", "kana", "easy_ja")
    autocomplete_fields = ("parent",)
    list_filter = (("parent", admin.EmptyFieldListFilter),)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search.index(roles=Role.objects.filter(activities__in=search.branch(form.instance)))


@admin.register(Skill)
class SkillAdmin(Desk):
    list_display = NAMES
    search_fields = ("code", "ja", "en", "easy_ja")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search.index(roles=form.instance.roles.all())


@admin.register(Qualification)
class QualificationAdmin(Desk):
    list_display = (*NAMES, "proof")
    list_filter = ("proof",)
    search_fields = ("code", "ja", "en", "easy_ja")


@admin.register(AccessFeature)
class AccessFeatureAdmin(Desk):
    list_display = (*NAMES, "is_about_place", "is_filter")
    list_filter = ("is_about_place", "is_filter")
    search_fields = ("code", "ja", "en", "easy_ja")
