import datetime as dt
import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import ActionLink
from notifications.services import links
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def issue(user, **changes):
    return links.issue(**{"user": user, "action": "accept", "target_id": 7, "now": NOW} | changes)


def test_is_bound_to_a_person_an_action_and_an_object():
    user = UserFactory()
    link = links.find(token=issue(user), now=NOW)
    assert (link.user, link.action, link.target_id) == (user, "accept", "7")


def test_has_more_random_bits_than_anybody_can_try():
    tokens = {issue(UserFactory()) for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) * 6 >= 128


def test_only_its_hash_is_kept():
    token = issue(UserFactory())
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM notifications_actionlink l")
        (row,) = cursor.fetchone()
    assert token not in row
    assert hashlib.sha256(token.encode()).hexdigest() in row


def test_can_be_used_again_so_that_it_can_be_undone():
    token = issue(UserFactory())
    assert links.find(token=token, now=NOW) == links.find(token=token, now=NOW)


def test_expires():
    token = issue(UserFactory(), days=3)
    assert links.find(token=token, now=NOW + dt.timedelta(days=3, seconds=-1))
    with pytest.raises(links.LinkUnknown):
        links.find(token=token, now=NOW + dt.timedelta(days=3))


@pytest.mark.parametrize("token", ["", "x", "あ", "\x00", "\ud800", "a" * 100_000])
def test_an_unknown_one_is_refused_kindly(token):
    issue(UserFactory())
    with pytest.raises(links.LinkUnknown) as refusal:
        links.find(token=token, now=NOW)
    assert "リンク" in str(refusal.value)


def test_the_hash_itself_opens_nothing():
    issue(UserFactory())
    with pytest.raises(links.LinkUnknown):
        links.find(token=ActionLink.objects.get().token_hash, now=NOW)


def test_ends_with_the_account():
    user = UserFactory()
    token = issue(user)
    user.is_active = False
    user.save()
    with pytest.raises(links.LinkUnknown):
        links.find(token=token, now=NOW)


def test_many_come_in_the_order_they_were_wanted():
    users = [UserFactory() for _ in range(5)]
    wanted = [links.Wanted(user, action, "1") for user in users for action in ("accept", "decline", "call")]
    with CaptureQueriesContext(connection) as statements:
        tokens = links.issue_many(wanted=wanted, now=NOW)
    assert sum(statement["sql"].startswith("INSERT") for statement in statements) == 1
    found = [links.find(token=token, now=NOW) for token in tokens]
    assert [(link.user, link.action) for link in found] == [(want.user, want.action) for want in wanted]


def test_the_address_in_a_message(settings):
    settings.SITE_URL = "https://yaritai.example"
    assert links.url("abc") == "https://yaritai.example/l/abc/"
