import pytest
from django.db import IntegrityError, transaction

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_database_refuses_capital_letters_in_an_address():
    with pytest.raises(IntegrityError, match="user_email_is_lower_case"), transaction.atomic():
        User.objects.create(email="Hanako@yaritai.example")
    User.objects.create(email="hanako@yaritai.example")  # the control


def test_the_database_refuses_an_empty_address_but_takes_none_at_all():
    with pytest.raises(IntegrityError, match="user_email_is_not_empty"), transaction.atomic():
        User.objects.create(email="")
    User.objects.create(email=None)
    User.objects.create(email=None)


def test_an_address_is_found_however_it_is_typed():
    user = User.objects.create_user("Hanako@Yaritai.Example")
    assert user.email == "hanako@yaritai.example"
    assert User.objects.get_by_natural_key("HANAKO@yaritai.example") == user


def test_without_a_password_nobody_signs_in_by_password():
    assert not User.objects.create_user("hanako@yaritai.example").has_usable_password()
