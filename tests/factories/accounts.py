"""Who someone is, and what they agreed to."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from factory.django import DjangoModelFactory
from fido2 import cbor
from fido2.utils import websafe_encode

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


def _credential() -> dict[str, Any]:
    """What a device sends when it is registered; its key is of no curve, so it signs nobody in."""
    number = b"passkey"
    key = cbor.encode({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    data = (
        sha256(b"localhost").digest() + b"\x45" + bytes(4) + bytes(16) + len(number).to_bytes(2, "big") + number + key
    )
    said = {
        "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"","origin":"http://localhost"}'),
        "attestationObject": websafe_encode(cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})),
    }
    name = websafe_encode(number)
    return {"id": name, "rawId": name, "type": "public-key", "response": said, "clientExtensionResults": {}}


class PasskeyFactory(DjangoModelFactory):
    """One of a device that nobody has."""

    class Meta:
        model = Authenticator

    user = factory.SubFactory(UserFactory)
    type = Authenticator.Type.WEBAUTHN
    data = factory.LazyFunction(lambda: {"name": "わたしのスマホ", "credential": _credential()})
