from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from web.management.commands.sample import KINDS


@pytest.mark.django_db
def test_it_says_what_was_made_and_whom_to_sign_in_as() -> None:
    output = StringIO()
    call_command("sample", stdout=output)
    text = output.getvalue()
    assert "団体18、募集40、" in text
    assert "参加者54" in text
    assert text.count("@yaritai.example") == len(KINDS)
    assert all(str(kind) in text for kind in KINDS.values())
