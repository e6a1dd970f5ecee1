"""The suite runs on the real things."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        row = cursor.fetchone()
    assert row is not None
    assert row[0].startswith("PostgreSQL")


def test_the_cache_is_valkey() -> None:
    cache.set("greeting", "こんにちは")
    assert cache.get("greeting") == "こんにちは"
