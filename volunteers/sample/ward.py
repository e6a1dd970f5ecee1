"""The sample ward: a part of Yokohama with invented people, loaded as often as one likes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from organisations.models import Slot
from volunteers.sample import asking, entrusting, giving, helping, open_ends, past, reading, starting, terms
from volunteers.sample.asking import Asking
from volunteers.sample.helping import Helping
from volunteers.sample.open_ends import Written
from volunteers.sample.signing_in import repairer

# One of each kind, for whoever wants to look around: the key of a volunteer or of an organisation.
VOLUNTEER, ENGLISH_SPEAKER, JUNIOR = "makoto", "emily", "haruki"
HOST, COMPANY, COORDINATOR = "hanamichi", "mineoka", "hinata"
# In this order, which their birthdays follow.
PEOPLE = ("volunteers.yaml", "neighbours.yaml")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to sign in as. ``kind``: volunteer, english, junior, host, company, coordinator or staff."""

    kind: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class WardLoaded:
    """What the ward holds, by the keys of its files, and how many slots still lie ahead."""

    organisation_ids: dict[str, int]
    role_ids: dict[str, int]
    volunteer_ids: dict[str, int]
    slots: int
    sign_ins: tuple[SignIn, ...]

    @property
    def organisations(self) -> int:
        return len(self.organisation_ids)

    @property
    def roles(self) -> int:
        return len(self.role_ids)

    @property
    def volunteers(self) -> int:
        return len(self.volunteer_ids)


@transaction.atomic
def load(*, now: dt.datetime) -> WardLoaded:
    """Write what is missing of the sample ward, its slots on the 28 days after *now*; the second time, nothing."""
    vocabulary, towns = terms.load_vocabulary(), terms.load_towns()
    terms.load_districts(towns)
    others = reading.document(reading.DATA / "people" / "others.yaml")
    owners = {entry["key"]: entry for entry in reading.documents(reading.DATA / "ward")}
    helpers = [one for name in PEOPLE for one in reading.document(reading.DATA / "people" / name)]
    staff = repairer(others["staff"], now=now)

    asked = Asking(vocabulary, towns, now, staff)
    organisations = {key: asking.organisation(entry, asked) for key, entry in owners.items()}
    roles = {
        key: role
        for owner, entry in owners.items()
        for key, role in asking.add_roles(entry, organisations[owner], asked).items()
    }
    helped = Helping(vocabulary, towns, others["consents"], now, staff)
    people = {entry["key"]: helping.volunteer(entry, number, helped) for number, entry in enumerate(helpers)}
    venues = {key: entry["venues"] for key, entry in owners.items()}
    written = Written(organisations, venues, roles, people)
    open_ends.leave(reading.document(reading.DATA / "people" / "open_ends.yaml"), written, asked)
    starting.leave(reading.document(reading.DATA / "people" / "starting.yaml"), people, asked)
    past.remember(reading.document(reading.DATA / "people" / "past.yaml"), written, asked)
    organisations |= giving.load(written, asked)
    entrusting.leave(written, asked)
    by_key = {entry["key"]: entry for entry in helpers}
    return WardLoaded(
        organisation_ids={key: one.pk for key, one in organisations.items()},
        role_ids={key: one.pk for key, one in roles.items()},
        volunteer_ids={key: one.pk for key, one in people.items()},
        slots=Slot.objects.filter(role__in=roles.values(), ends_at__gt=now).count(),
        sign_ins=(
            _sign_in("volunteer", by_key[VOLUNTEER]),
            _sign_in("english", by_key[ENGLISH_SPEAKER]),
            _sign_in("junior", by_key[JUNIOR]),
            _sign_in("host", owners[HOST]["host"]),
            _sign_in("company", owners[COMPANY]["host"]),
            _sign_in("coordinator", owners[COORDINATOR]["coordinator"]),
            _sign_in("staff", others["staff"]),
        ),
    )


def _sign_in(kind: str, entry: dict[str, str]) -> SignIn:
    return SignIn(kind, entry["name"], entry["email"])
