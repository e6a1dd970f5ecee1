"""A seal that only our keys open, and that can be put under another key."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from organisations.models import Worry
from organisations.services.worries import resealing, sealing
from tests.factories import NOW, WorryFactory

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
WORDS = {"words": "庭の草が伸びて困っています", "reach": "phone"}


def test_what_is_sealed_can_be_opened_and_not_be_read(settings: Settings) -> None:
    settings.WORRY_KEYS = [OLD]
    sealed = sealing.seal(WORDS)
    assert sealing.unseal(sealed) == WORDS
    assert sealing.unseal(memoryview(sealed)) == WORDS
    assert "草".encode() not in sealed
    assert sealing.seal(WORDS) != sealed


def test_another_key_or_another_letter_opens_nothing(settings: Settings) -> None:
    settings.WORRY_KEYS = [OLD]
    sealed = sealing.seal(WORDS)
    changed = sealed[:-5] + (b"A" if sealed[-5:-4] != b"A" else b"B") + sealed[-4:]
    for broken in (changed, b"", b"abc"):
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(broken)
    settings.WORRY_KEYS = [NEW]
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(sealed)
    with pytest.raises(sealing.CannotOpen):
        sealing.reseal(sealed)


def test_without_a_key_nothing_is_sealed(settings: Settings) -> None:
    settings.WORRY_KEYS = []
    with pytest.raises(ImproperlyConfigured):
        sealing.seal(WORDS)


def test_what_lies_too_long_is_not_opened(settings: Settings) -> None:
    with time_machine.travel(NOW, tick=False):
        sealed = sealing.seal(WORDS)
    hour = dt.timedelta(hours=1)
    with time_machine.travel(NOW + hour, tick=False):
        assert sealing.unseal(sealed, within=hour) == WORDS
    with time_machine.travel(NOW + hour + dt.timedelta(seconds=1), tick=False):
        assert sealing.unseal(sealed) == WORDS
        with pytest.raises(sealing.CannotOpen):
            sealing.unseal(sealed, within=hour)


def opened() -> list[str]:
    return [sealing.unseal(worry.sealed or b"")["words"] for worry in Worry.objects.order_by("pk")]


@pytest.mark.django_db
def test_after_a_rotation_the_old_key_can_go(settings: Settings) -> None:
    settings.WORRY_KEYS = [OLD]
    words = [WorryFactory(words=f"{number}番目の困りごと").pk and f"{number}番目の困りごと" for number in range(5)]
    settings.WORRY_KEYS = [NEW, OLD]
    words.append("新しい鍵での困りごと")
    WorryFactory(words=words[-1])
    first = resealing.reseal(at_most=2)
    assert (first.seen, first.resealed) == (2, 2)
    # Stopped here, and begun again from the first row: what is done is not done again.
    rest = resealing.reseal()
    assert (rest.seen, rest.resealed) == (6, 3)
    settings.WORRY_KEYS = [NEW]
    assert opened() == words


@pytest.mark.django_db
def test_the_control_without_a_rotation_the_old_key_is_needed(settings: Settings) -> None:
    settings.WORRY_KEYS = [OLD]
    WorryFactory()
    settings.WORRY_KEYS = [NEW]
    with pytest.raises(sealing.CannotOpen):
        opened()
