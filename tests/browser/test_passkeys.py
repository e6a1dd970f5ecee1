"""A passkey is added, signs in by itself and goes again; the code by e-mail works all the while."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from notifications.models import Notification
from tests.browser.conftest import be, check, sign_in
from tests.browser.kept import Kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

PHONE_LOCK = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(quiet_page: Page) -> Page:
    """A page on a phone whose lock knows its owner."""
    session = quiet_page.context.new_cdp_session(quiet_page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_LOCK})
    return quiet_page


def test_a_passkey_signs_in_and_the_code_still_does(site: str, kept_ward: Kept, phone: Page) -> None:
    user = User.objects.get(email=next(one.email for one in kept_ward.ward.sign_ins if one.kind == "volunteer"))
    phone.goto(f"{site}/accounts/login/?next=/accounts/passkeys/")
    sign_in(phone, user.email or "")
    check(phone, dark=True)
    phone.get_by_label("この機器の呼び名").fill("わたしのスマホ")
    phone.get_by_role("button", name="この機器を登録する").click()
    expect(phone.locator("main .card")).to_contain_text("わたしのスマホ")
    check(phone)
    assert Authenticator.objects.filter(user=user).count() == 1
    assert Notification.objects.filter(user=user, kind="passkey_added").count() == 1

    be(phone, site, None)
    phone.goto(f"{site}/accounts/login/?next=/my/places/")
    mail.outbox.clear()
    phone.get_by_role("button", name="パスキー").click()
    expect(phone).to_have_url(f"{site}/my/places/")
    assert mail.outbox == []

    be(phone, site, None)
    phone.goto(f"{site}/accounts/login/")
    sign_in(phone, user.email or "")
    expect(
        phone.get_by_role("button", name="サインアウト").or_(phone.get_by_text("サインアウト")).first
    ).to_be_visible()

    phone.goto(f"{site}/accounts/passkeys/")
    phone.get_by_role("link", name="消す").click()
    check(phone)
    phone.get_by_role("button", name="消す").click()
    expect(phone.get_by_text("機器を消しました")).to_be_visible()
    assert not Authenticator.objects.exists()
    assert Notification.objects.filter(user=user, kind="passkey_removed").count() == 1


def test_a_phone_that_nobody_knows_is_told_so_kindly(site: str, phone: Page) -> None:
    phone.goto(f"{site}/accounts/login/")
    phone.get_by_role("button", name="パスキー").click()
    expect(phone.locator("#passkey-problem")).to_be_visible(timeout=70_000)
