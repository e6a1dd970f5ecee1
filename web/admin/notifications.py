"""What people hear: the outbox, where they can be reached, what they want."""

from __future__ import annotations

from django.contrib import admin

from notifications.models import ContactPoint, Notification, Preference
from web.admin.desk import Desk, ReadOnly


@admin.register(Notification)
class NotificationAdmin(ReadOnly):
    list_display = ("created_at", "user", "channel", "kind", "status", "due_at", "sent_at", "tries", "reason")
    list_filter = ("status", "channel", "delivery")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name", "kind", "=dedupe_key")
    ordering = ("-created_at", "-pk")
    exclude = ("attachments", "lease_token")


@admin.register(ContactPoint)
class ContactPointAdmin(Desk):
    list_display = ("user", "channel", "address", "verified_at")
    list_filter = ("channel",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name", "address")
    autocomplete_fields = ("user",)
    ordering = ("-pk",)


@admin.register(Preference)
class PreferenceAdmin(Desk):
    list_display = ("user", "channel", "digest", "asks_per_month")
    list_filter = ("channel", "digest")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    autocomplete_fields = ("user",)
    ordering = ("-pk",)
