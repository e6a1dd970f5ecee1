"""Rows of the whole database, kept in memory as PostgreSQL itself writes and reads them, and put back in a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from volunteers.sample.ward import WardLoaded

# Written by the migrations, and the same whatever the tests do.
STAY = {"django_migrations", "django_content_type", "auth_permission"}
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"


@dataclass(frozen=True)
class Kept:
    """``rows`` as COPY writes them and ``sequences`` as far as they came, by name."""

    ward: WardLoaded
    rows: Mapping[str, bytes]
    sequences: Mapping[str, int]


def take_out(ward: WardLoaded) -> Kept:
    """Keep all rows, and leave the tables empty."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        sequences = dict(cursor.fetchall())
        rows = {}
        for table in _tables():
            with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                rows[table] = b"".join(bytes(part) for part in copy)
    _empty()
    return Kept(ward, rows, sequences)


def put_back(kept: Kept) -> None:
    """Have exactly these rows; triggers and foreign keys let them in as they are."""
    _empty()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            for table, rows in kept.rows.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copy:
                    copy.write(rows)
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")
        for name, last in kept.sequences.items():
            cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', last])


def _tables() -> list[str]:
    names = connection.introspection.table_names()
    return sorted(set(names) - STAY)


def _empty() -> None:
    with connection.cursor() as cursor:
        named = ", ".join(f'"{table}"' for table in _tables())
        cursor.execute(f"TRUNCATE {named} RESTART IDENTITY CASCADE")
