from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.models.user import EASY
from tests.factories import UserFactory, VolunteerFactory
from tests.web.conftest import said

CODE = "/accounts/login/code/confirm/"


def code() -> str:
    found = re.search(r"^ {4}(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def ask(client: Client, email: str) -> None:
    response = client.post("/accounts/login/", {"login": email})
    assert response["Location"] == CODE, response.content.decode()


def test_a_code_by_mail_signs_in_and_goes_where_one_wanted_to(client: Client) -> None:
    user = VolunteerFactory(user__email="hana@yaritai.example").user
    response = client.post("/accounts/login/", {"login": "Hana@yaritai.example", "next": "/my/places/"})
    assert "/my/places/" in said(client.get(response["Location"]))
    assert mail.outbox[0].to == [user.email]
    assert code() in mail.outbox[0].subject
    assert "This is your code" in mail.outbox[0].body
    response = client.post(response["Location"], {"code": code()})
    assert response["Location"] == "/my/places/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_code_typed_on_a_japanese_keyboard_works(client: Client) -> None:
    ask(client, UserFactory().email)
    typed = "".join(chr(ord(digit) + 0xFEE0) for digit in code())
    assert client.post(CODE, {"code": f"{typed[:3]}　{typed[3:]}"})["Location"] == "/my/"


def test_after_signing_in_the_pages_speak_the_persons_language(client: Client) -> None:
    client.post("/language/setlang/", {"language": "ja"})
    ask(client, VolunteerFactory(user__language="en").user.email)
    landed = client.post(CODE, {"code": code()}, follow=True)
    assert landed.redirect_chain[-1][0] == "/my/suggestions/"
    assert '<html lang="en">' in said(landed)


def test_who_reads_easy_japanese_goes_on_doing_so_and_is_written_to_in_japanese(client: Client) -> None:
    client.post("/language/setlang/", {"language": EASY})
    response = client.post("/accounts/signup/", {"email": "new@yaritai.example"})
    client.post(response["Location"], {"code": code()})
    assert User.objects.get().language == "ja"
    assert client.cookies["django_language"].value == EASY


def test_a_wrong_code_is_said_and_the_third_ends_it(client: Client) -> None:
    ask(client, UserFactory().email)
    for _ in range(2):
        assert "番号がちがいます" in said(client.post(CODE, {"code": "000000 1"}), 400)
    assert client.post(CODE, {"code": "1"}).status_code == 302
    assert "5分ほど待って" in said(client.get("/accounts/login/"))


def test_a_code_can_be_sent_again(client: Client) -> None:
    ask(client, UserFactory().email)
    assert "もう一度送る" in said(client.get(CODE))
    assert client.post(CODE, {"action": "resend"}).status_code == 302
    assert len(mail.outbox) == 2
    assert client.post(CODE, {"code": code()})["Location"] == "/my/"


def test_nobody_learns_who_has_an_account(client: Client) -> None:
    known = UserFactory()
    ask(client, known.email)
    seen = said(client.get(CODE)).replace(known.email, "")
    stranger = Client()
    ask(stranger, "nobody@yaritai.example")
    unseen = said(stranger.get(CODE)).replace("nobody@yaritai.example", "")
    secret = re.compile('value="[A-Za-z0-9]{64}"')
    assert secret.sub("", seen) == secret.sub("", unseen)
    assert "/accounts/signup/" in mail.outbox[-1].body


def test_signing_up_needs_an_address_and_a_code_only(client: Client) -> None:
    client.post("/language/setlang/", {"language": "en"})
    response = client.post("/accounts/signup/", {"email": "New@yaritai.example"})
    assert response["Location"] == "/accounts/confirm-email/"
    said(client.get(response["Location"]))
    response = client.post(response["Location"], {"code": code()})
    assert response["Location"] == "/my/"
    made = User.objects.get()
    assert (made.email, made.language) == ("new@yaritai.example", "en")
    assert not made.has_usable_password()


def test_signing_up_twice_tells_only_the_owner_of_the_address(client: Client) -> None:
    known = UserFactory()
    assert client.post("/accounts/signup/", {"email": known.email})["Location"] == "/accounts/confirm-email/"
    said(client.get("/accounts/confirm-email/"))
    assert "/accounts/login/" in mail.outbox[-1].body
    assert User.objects.count() == 1


@pytest.mark.parametrize("email", ["", "hana", "はな@yaritai.example", "a\x00b@yaritai.example", "a" * 300 + "@x.jp"])
def test_addresses_that_are_none_are_named(client: Client, email: str) -> None:
    for path, field in (("/accounts/login/", "login"), ("/accounts/signup/", "email")):
        page = said(client.post(path, {field: email}), 400)
        assert "errorlist" in page
    assert not mail.outbox
    assert not User.objects.exists()


def test_changing_the_address_by_a_code(client: Client) -> None:
    user = UserFactory()
    ask(client, user.email)
    client.post(CODE, {"code": code()})
    said(client.get("/accounts/email/"))
    response = client.post("/accounts/email/", {"action_add": "", "email": "later@yaritai.example"})
    assert response.status_code == 302, response.content.decode()
    page = said(client.get("/accounts/confirm-email/"))
    assert "later@yaritai.example" in page
    client.post("/accounts/confirm-email/", {"code": code()})
    user.refresh_from_db()
    assert user.email == "later@yaritai.example"
    said(client.get("/accounts/email/"))


def test_leaving_is_a_button_and_never_a_link(client: Client) -> None:
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert "サインアウトしますか" in said(client.get("/accounts/logout/"))
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["password/change/", "password/set/", "password/reset/", "password/reset/done/", "reauthenticate/"]
)
def test_no_page_offers_a_password(client: Client, path: str) -> None:
    said(client.get(f"/accounts/{path}"), 404)


def test_the_old_door_leads_to_the_new_one(client: Client) -> None:
    assert client.get("/accounts/login/code/?next=/my/places/")["Location"] == "/accounts/login/?next=/my/places/"


def test_inactive_accounts_hear_whom_to_ask(client: Client) -> None:
    assert "/desks/" in said(client.get("/accounts/inactive/"))


def test_too_many_tries_are_told_to_wait(client: Client) -> None:
    answers = [client.post("/accounts/login/", {"login": ""}) for _ in range(31)]
    assert "少し時間をおいて" in said(answers[-1], 429)
