"""A guardian is asked and answers; what comes of it."""

from __future__ import annotations

import re

from accounts.models import Consent
from accounts.models.consent import ConsentKind, GuardianScope
from notifications.services import links
from tests.factories import NOW
from volunteers.services.guardians import answering, asking

TEXT = "わたしはこの子の保護者です。"
EACH = [GuardianScope.TAKE_PART, GuardianScope.ASK_EACH_TIME]


def ask(junior, email="mother@yaritai.example", now=NOW, name="母"):
    return asking.ask(volunteer=junior, name=name, email=email, relation="母", now=now, actor=junior.user)


def answer(request, *, is_given=True, scope=(GuardianScope.TAKE_PART,), now=NOW, until=None):
    return answering.answer(request=request, is_given=is_given, text=TEXT, scope=scope, until=until, now=now)


def consent_of(junior):
    return Consent.objects.filter(user=junior.user, kind=ConsentKind.GUARDIAN, withdrawn_at=None).first()


def link_in(notification):
    (action,) = notification.actions
    return links.find(token=re.findall(r"/l/([^/]+)/", action["url"])[0], now=NOW)
