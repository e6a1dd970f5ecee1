import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_pg():
    with connection.cursor() as c:
        c.execute("select version()")
        assert "PostgreSQL" in c.fetchone()[0]
    cache.set("a", 1)
    assert cache.get("a") == 1
