"""What was computed and put before whom: to look at."""

from __future__ import annotations

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.models import Feedback, RoleReport, Run, Shard, Suggestion, WeightSet
from matching.services.explaining import trace
from web.admin.desk import ReadOnly, Shown


class ShardInline(Shown):
    model = Shard
    fields = ("number", "volunteers", "tries", "lease_until", "done_at")


@admin.register(Run)
class RunAdmin(ReadOnly):
    list_display = ("id", "status", "as_of", "requested_at", "started_at", "finished_at", "reason")
    list_filter = ("status",)
    inlines = (ShardInline,)
    exclude = ("trace", "lease_until", "lease_token")
    readonly_fields = ("told",)

    @admin.display(description=_("計算の記録"))
    def told(self, run: Run) -> str:
        """The trace of the whole run, in tables; staff see every role."""
        return render_to_string("desk/run_trace.html", {"trace": trace.of(run=run, now=timezone.now())})


@admin.register(RoleReport)
class RoleReportAdmin(ReadOnly):
    list_display = ("run_id", "role", "could_come", "listed")
    list_select_related = ("role",)
    search_fields = ("role__title", "=run__id")
    ordering = ("-run_id", "could_come", "pk")


@admin.register(WeightSet)
class WeightSetAdmin(ReadOnly):
    list_display = ("id", "made_at", "is_active", "is_better", "answers", "people", "loss_before", "loss_after")
    list_filter = ("is_active", "is_better")


class FeedbackInline(Shown):
    model = Feedback
    fields = ("answer", "why", "reason", "answered_at", "undone_at")


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnly):
    list_display = ("planned_at", "volunteer", "role", "slot", "status", "rank", "score")
    list_filter = ("status",)
    list_select_related = ("volunteer__user", "role", "slot")
    search_fields = ("volunteer__user__email", "volunteer__user__name", "role__title")
    exclude = ("km",)  # how far somebody is from a place is shown to that person only
    inlines = (FeedbackInline,)
    ordering = ("-planned_at", "-pk")
