"""New keys for what people entrust to a desk, by hand."""

from __future__ import annotations

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from pytest_django import Settings

from organisations.models import Worry
from organisations.services.worries import resealing, sealing
from tests.factories import NOW, WorryFactory

pytestmark = pytest.mark.django_db
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def rotate() -> str:
    out = StringIO()
    call_command("rotate_worry_keys", stdout=out)
    return out.getvalue()


def test_all_come_under_the_new_key_and_twice_is_as_once(
    settings: Settings,
) -> None:
    settings.WORRY_KEYS = [OLD]
    WorryFactory.create_batch(3)
    WorryFactory(sealed=None, forgotten_at=NOW, closed_at=NOW, outcome="solved")
    settings.WORRY_KEYS = [NEW, OLD]
    assert "3件を調べ、3件に" in rotate()
    assert "3件を調べ、0件に" in rotate()
    settings.WORRY_KEYS = [NEW]
    assert all(sealing.unseal(worry.sealed or b"") for worry in Worry.objects.filter(sealed__isnull=False))


def test_more_than_one_batch(settings: Settings) -> None:
    settings.WORRY_KEYS = [OLD]
    Worry.objects.bulk_create(WorryFactory.build_batch(resealing.AT_ONCE + 1, town=WorryFactory().town))
    settings.WORRY_KEYS = [NEW, OLD]
    count = resealing.AT_ONCE + 2
    assert f"{count}件を調べ、{count}件に" in rotate()


def test_a_key_that_was_thrown_away_too_early_is_asked_for(settings: Settings) -> None:
    settings.WORRY_KEYS = [OLD]
    WorryFactory()
    settings.WORRY_KEYS = [NEW]
    with pytest.raises(CommandError, match="古い鍵を WORRY_KEYS に戻して"):
        rotate()
