"""Two looks at the same moment, through connections of their own."""

from __future__ import annotations

import pytest

from organisations.models import Review, Role
from organisations.models.role import RoleStatus
from organisations.services.reviewing import reviews
from tests.factories import NOW, SlotFactory, UserFactory
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def looks(people):
    role = SlotFactory(role__status=RoleStatus.WAITING, role__is_with_children=True).role

    def look(number):
        return reviews.approve_role(role=role, by_desk=None, now=NOW, actor=people[number])

    ended = [type(one).__name__ for one in together(len(people), look)]
    return sorted(ended), Role.objects.get(pk=role.pk).status, Review.objects.filter(role=role).count()


def test_the_same_person_twice_at_once_is_one_look():
    for _round in range(5):
        assert looks([UserFactory()] * 2) == (["Role", "SamePerson"], RoleStatus.WAITING, 1)


def test_two_people_at_once_are_two_looks():
    for _round in range(5):
        assert looks([UserFactory(), UserFactory()]) == (["Role", "Role"], RoleStatus.OPEN, 2)


def test_three_people_at_once_publish_it_once():
    ended, status, count = looks([UserFactory(), UserFactory(), UserFactory()])
    assert (ended, status, count) == (["Role", "Role", "WrongStatus"], RoleStatus.OPEN, 2)
