import pytest
from django.db import IntegrityError, transaction

from notifications.models import Channel, ContactPoint
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def point(user, address, channel=Channel.EMAIL, verified_at=NOW):
    return ContactPoint.objects.create(user=user, channel=channel, address=address, verified_at=verified_at)


def test_mail_goes_to_the_newest_confirmed_address_else_to_the_one_for_signing_in():
    moved, stayed, nowhere = UserFactory(), UserFactory(), UserFactory(email=None)
    point(moved, "old@yaritai.example")
    point(moved, "new@yaritai.example")
    point(stayed, "unconfirmed@yaritai.example", verified_at=None)
    point(nowhere, "045-000-0000", Channel.CALL_LIST)
    found = ContactPoint.objects.emails([moved, stayed, nowhere])
    assert found == {moved.pk: "new@yaritai.example", stayed.pk: stayed.email}


def test_a_telephone_number_needs_no_confirmation():
    user = UserFactory()
    point(user, "045-000-0000", Channel.CALL_LIST, verified_at=None)
    assert ContactPoint.objects.addresses([user], Channel.CALL_LIST) == {user.pk: "045-000-0000"}


def test_one_query_however_many_people(django_assert_num_queries):
    users = UserFactory.create_batch(5)
    with django_assert_num_queries(1):
        assert len(ContactPoint.objects.emails(users)) == 5


def test_the_database_refuses_an_empty_address_and_the_same_one_twice():
    user = UserFactory()
    with pytest.raises(IntegrityError, match="has_address"), transaction.atomic():
        point(user, "")
    point(user, "a@yaritai.example")
    with pytest.raises(IntegrityError, match="contact_point_once"), transaction.atomic():
        point(user, "a@yaritai.example")
