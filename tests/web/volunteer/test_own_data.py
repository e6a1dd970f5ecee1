from __future__ import annotations

import json

from django.test import Client

from tests.web.conftest import said, send
from volunteers.models import Volunteer

PAGE = "/my/data/"


def test_the_copy_is_a_file_for_oneself(member: Client, volunteer: Volunteer) -> None:
    assert "写しを受け取る" in said(member.get(PAGE))
    answer = send(member, PAGE)
    assert answer["Content-Disposition"].startswith('attachment; filename="yaritai-20')
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["account"][0]["email"] == volunteer.user.email
