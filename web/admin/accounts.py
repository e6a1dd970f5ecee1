"""People, what they agreed to, and who did what."""

from __future__ import annotations

from typing import Any

from allauth.mfa.admin import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.http import HttpRequest

from accounts.models import AuditEntry, Consent, User
from web.admin.desk import Desk, ReadOnly, Shown

# Only a superuser hands out rights.
RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


# Whoever could put a passkey into somebody's row could sign in as them.
admin.site.unregister(Authenticator)


class ConsentInline(Shown):
    model = Consent
    fk_name = "user"
    fields = ("kind", "given_at", "withdrawn_at", "expires_on", "guardian_name", "scope")


@admin.register(User)
class UserAdmin(Desk):
    list_display = ("email", "name", "language", "is_active", "is_staff", "joined_at")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "name")
    ordering = ("-joined_at", "-pk")
    fields = ("email", "name", "language", "is_active", *RIGHTS, "joined_at", "last_login")
    readonly_fields = ("joined_at", "last_login")
    filter_horizontal = ("groups", "user_permissions")
    inlines = (ConsentInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return self.readonly_fields if request.user.is_superuser else (*RIGHTS, *self.readonly_fields)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Whoever could put another address into a superuser's row could sign in as them.
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user_permissions":  # each one says its content type
            kwargs["queryset"] = Permission.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()  # people sign in by a code
        super().save_model(request, obj, form, change)


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    list_display = ("user", "kind", "given_at", "withdrawn_at", "expires_on", "recorded_by")
    list_filter = ("kind",)
    list_select_related = ("user", "recorded_by")
    search_fields = ("user__email", "user__name", "guardian_name")
    ordering = ("-given_at", "-pk")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    list_display = ("at", "actor_number", "action", "target", "target_id")
    list_filter = ("target",)
    search_fields = ("action", "=target_id")
    ordering = ("-at", "-pk")
    fields = ("at", "actor_number", "action", "target", "target_id", "detail")
    readonly_fields = ("actor_number",)

    @admin.display(description=AuditEntry._meta.get_field("actor").verbose_name)
    def actor_number(self, entry: AuditEntry) -> str:
        """The entry outlives the person it names: only the number is sure."""
        return str(entry.actor_id or "-")
