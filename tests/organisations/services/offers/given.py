"""Offers as somebody wrote them, handed in, and published."""

from __future__ import annotations

import datetime as dt

from organisations.models.offer import Help
from organisations.services.offers import approval, writing
from tests.factories import NOW, OrganisationFactory, UserFactory

LATER = NOW + dt.timedelta(minutes=5)
TODAY = NOW.date()
RICE = {"is_food": True, "is_unopened": True, "keeps_at_room_temperature": True}


def room(**more):
    fields = {"title": "交流室", "summary": "20人まで。", "people": 20} | more
    return writing.draft(organisation=OrganisationFactory(), kind=Help.ROOM, now=NOW, actor=None, **fields)


def rice(best_before, **more):
    fields = {"title": "お米", "summary": "5kgの袋です。", "quantity": 10, **RICE, "best_before": best_before} | more
    return writing.draft(organisation=OrganisationFactory(), kind=Help.GOODS, now=NOW, actor=None, **fields)


def handed_in(offer):
    return approval.submit(offer=offer, now=NOW, actor=None)


def published(offer, **more):
    return approval.publish(offer=handed_in(offer), now=LATER, actor=UserFactory(), **more)
