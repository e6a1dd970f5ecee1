"""How long people's own words are kept, and that they wrote at all."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.services.retention import Rule
from organisations.models import Worry
from organisations.services.worries import handling

WORDS_KEPT_FOR = dt.timedelta(days=30)

RULES = (
    Rule(
        _("困りごとに書かれたことと連絡先(対応が終わってから)"),
        WORDS_KEPT_FOR,
        lambda before: Worry.objects.filter(sealed__isnull=False, closed_at__lt=before),
        handling.forget,
    ),
    Rule(
        _("困りごとの受付番号、同意の文面、どうなったか(対応が終わってから)"),
        dt.timedelta(days=5 * 365),
        lambda before: Worry.objects.filter(closed_at__lt=before),
    ),
)
