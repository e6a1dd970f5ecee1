"""A passkey is a door beside the code, not a second lock."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from tests.factories import VolunteerFactory
from tests.web.conftest import said


@pytest.mark.django_db
def test_who_has_a_passkey_still_signs_in_by_the_code_alone(client: Client) -> None:
    user = VolunteerFactory(user__email="hana@yaritai.example").user
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    asked = client.post("/accounts/login/", {"login": user.email, "next": "/my/places/"})
    code = re.search(r"^ {4}(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    answer = client.post(asked["Location"], {"code": code[1]})
    assert (answer.status_code, answer["Location"]) == (302, "/my/places/")
    assert client.get("/my/places/").status_code == 200


@pytest.mark.django_db
def test_an_address_that_is_not_confirmed_yet_keeps_nobody_from_the_page(client: Client) -> None:
    user = VolunteerFactory(user__email="hana@yaritai.example").user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/accounts/email/")
    assert not EmailAddress.objects.get(user=user).verified
    assert "1つ目の機器" in said(client.get("/accounts/passkeys/"))
