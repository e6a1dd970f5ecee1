"""How long suggestions are kept, and all that is kept: an answer says what somebody likes, silence says nothing."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.services import retention
from accounts.services.retention import Rule
from matching.models import Suggestion, SuggestionStatus
from notifications.services import retention as of_messages
from volunteers.services import retention as of_people

RULES = (
    Rule(
        _("返事のなかったおすすめ"),
        dt.timedelta(days=365),
        lambda before: Suggestion.objects.filter(status=SuggestionStatus.EXPIRED, feedback=None, planned_at__lt=before),
    ),
)

KEPT = (*retention.RULES, *of_messages.RULES, *of_people.RULES, *RULES)
"""Of all rooms."""
