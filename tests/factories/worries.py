"""What people entrust to a desk."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from organisations.models import Referral, Worry
from organisations.services import sealing, working_days
from tests.factories.organisations import SupportDeskFactory, TownFactory
from tests.factories.times import NOW


class WorryFactory(DjangoModelFactory):
    """Just arrived; ``words``, ``name``, ``reach`` and ``contact`` go under the seal."""

    class Meta:
        model = Worry
        exclude = ("words", "name", "reach", "contact")

    words: Any = "庭の草が伸びて、となりに申しわけない。"
    name: Any = ""
    reach: Any = "phone"
    contact: Any = "045-000-0000"

    receipt = factory.Sequence(lambda n: f"TEST-{n:04d}")
    town = factory.SubFactory(TownFactory)
    sealed = factory.LazyAttribute(
        lambda row: sealing.seal({"words": row.words, "name": row.name, "reach": row.reach, "contact": row.contact})
    )
    consent_text = "相談窓口が読むことに同意します。"
    consented_at = NOW
    arrived_at = NOW
    answer_by = working_days.after(NOW, 2)


class ReferralFactory(DjangoModelFactory):
    class Meta:
        model = Referral

    worry = factory.SubFactory(WorryFactory)
    desk = factory.SubFactory(SupportDeskFactory)
    at = NOW
