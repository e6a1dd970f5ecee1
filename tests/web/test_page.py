"""The one way in which a form acts."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms import CharField, Form
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from accounts.services.errors import DomainError
from tests.factories import UserFactory
from web.page import act

pytestmark = pytest.mark.django_db


class Refused(DomainError):
    code = "refused"
    message = "だめでした。"


class NameForm(Form):
    name = CharField()


@pytest.fixture
def user() -> User:
    return UserFactory()


def sent(user: User, deed: Any, answers: dict[str, str] | None, **options: Any) -> HttpResponse:
    request = RequestFactory().get("/") if answers is None else RequestFactory().post("/", answers)
    request.user = user
    form = NameForm(request.POST if answers is not None else None)
    return act(request, "parts/sure.html", form=form, deed=deed, context={"yes": "はい", "back": "/"}, **options)


def refuse() -> str:
    raise Refused


def test_looking_shows_the_form_and_does_nothing(user: User) -> None:
    answer = sent(user, refuse, None)
    assert answer.status_code == 200
    assert "はい" in answer.content.decode()


def test_what_is_sent_twice_is_done_once(user: User) -> None:
    done: list[str] = []

    def deed() -> str:
        done.append("x")
        return "/next/"

    for _ in range(2):
        answer = sent(user, deed, {"name": "花", "once": "k"})
        assert (answer.status_code, answer["Location"]) == (302, "/next/")
    assert done == ["x"]


def test_mistakes_and_refusals_are_told_apart_and_said_in_place(user: User) -> None:
    assert sent(user, refuse, {"name": "", "once": "k"}).status_code == 400
    answer = sent(user, refuse, {"name": "花", "once": "k"})
    assert answer.status_code == 409
    assert "だめでした。" in answer.content.decode()
    # Beside its question, no longer above the form.
    assert (
        "だめでした。"
        not in sent(user, refuse, {"name": "花", "once": "k"}, field_of=lambda _refusal: "name").content.decode()
    )


def test_a_form_without_its_key_is_too_old(user: User) -> None:
    assert sent(user, lambda: "/next/", {"name": "花"}).status_code == 409
