"""A program that is started beside a house: it writes a row there, and ends with the number of rows it finds."""

from __future__ import annotations

import os
import sys

import psycopg

if __name__ == "__main__":
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("INSERT INTO room VALUES (1)")
        row = connection.execute("SELECT count(*) FROM room").fetchone()
    sys.exit(row[0] if row else 0)
