"""How long suggestions are kept: answers say what somebody likes, what was never answered says nothing."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.services.retention import Rule
from matching.models import Suggestion, SuggestionStatus

RULES = (
    Rule(
        _("返事のなかったおすすめ"),
        dt.timedelta(days=365),
        lambda before: Suggestion.objects.filter(status=SuggestionStatus.EXPIRED, feedback=None, planned_at__lt=before),
    ),
)
