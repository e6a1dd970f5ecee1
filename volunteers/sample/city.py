"""A generated city: any number of people and roles, the same again for the same random numbers and day."""

from __future__ import annotations

import datetime as dt

import numpy as np
from django.db import transaction

from volunteers.sample import crowd, notices, reading, terms
from volunteers.sample.copying import Copier
from volunteers.sample.geography import ground


@transaction.atomic
def build(*, volunteers: int, roles: int, rng: np.random.Generator, now: dt.datetime) -> dict[str, int]:
    """Write a city of so many volunteers and open roles beside what is there, and return the rows by table."""
    book = reading.document(reading.DATA / "city.yaml")
    texts = reading.document(reading.DATA / "people" / "others.yaml")["consents"]
    vocabulary = terms.load_vocabulary()
    place = ground(volunteers, rng)
    copier = Copier()
    notices.write(copier, roles, book=book, ground=place, vocabulary=vocabulary, rng=rng, now=now)
    crowd.write(copier, volunteers, book=book, texts=texts, ground=place, vocabulary=vocabulary, rng=rng, now=now)
    copier.finish()
    return copier.made
