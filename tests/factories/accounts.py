"""Who someone is, and what they agreed to."""

from __future__ import annotations

import factory
from allauth.mfa.models import Authenticator
from factory.django import DjangoModelFactory

from accounts.models import Consent, User
from accounts.models.consent import ConsentKind, GuardianScope
from tests.factories.times import NOW


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@yaritai.example")
    name = factory.Sequence(lambda n: f"ひと{n}")
    language = "ja"
    joined_at = NOW


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    user = factory.SubFactory(UserFactory)
    kind = ConsentKind.CONTACT
    text = "おすすめの活動のお知らせを受け取ります。"
    given_at = NOW
    guardian_name = factory.LazyAttribute(lambda c: "花子" if c.kind == ConsentKind.GUARDIAN else "")
    scope = factory.LazyAttribute(lambda c: [GuardianScope.TAKE_PART] if c.kind == ConsentKind.GUARDIAN else [])


class PasskeyFactory(DjangoModelFactory):
    """One that signs nobody in: its key is of no device."""

    class Meta:
        model = Authenticator

    user = factory.SubFactory(UserFactory)
    type = Authenticator.Type.WEBAUTHN
    data = factory.LazyFunction(lambda: {"name": "わたしのスマホ", "credential": {}})
