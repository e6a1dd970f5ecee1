"""How long what is kept of people and of tables that name them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.services.retention import Rule
from volunteers.models import Upload
from volunteers.services.bringing_in.uploads import KEPT_FOR

RULES = (
    Rule(
        _("取り込む前の表"),
        KEPT_FOR,
        lambda before: Upload.objects.filter(at__lt=before),
    ),
)
