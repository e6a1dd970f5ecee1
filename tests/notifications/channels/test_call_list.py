import pytest

from notifications.channel import Undeliverable
from notifications.channels.call_list import CallListChannel
from notifications.models import Channel, ContactPoint
from tests.factories import UserFactory


def put_on_the_list(letter, user):
    CallListChannel().send(letter(user, channel=Channel.CALL_LIST))


@pytest.mark.django_db
def test_somebody_with_a_telephone_is_put_on_the_list(letter):
    user = UserFactory(email=None)
    ContactPoint.objects.create(user=user, channel=Channel.CALL_LIST, address="045-000-0000")
    put_on_the_list(letter, user)


@pytest.mark.django_db
def test_an_address_is_enough_to_ask_for_the_number(letter):
    put_on_the_list(letter, UserFactory())


@pytest.mark.django_db
def test_somebody_whom_nobody_can_reach_is_for_a_human(letter):
    with pytest.raises(Undeliverable):
        put_on_the_list(letter, UserFactory(email=None))
