"""A marked sentence is entrusted to a desk, and looked for everywhere: it lies under its seal, and nowhere else."""

from __future__ import annotations

import base64
import io
import json
import logging
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
import redis
import time_machine
from django.conf import settings as configured
from django.core import mail
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.log import AdminEmailHandler
from pytest_django import Settings

from accounts.models import AuditEntry, User
from config.embedded import Ordinary
from matching.services import personal_data
from organisations.models import Need, SupportDesk, Worry
from organisations.services.worries import sealing
from organisations.spreadsheets import write
from tests.factories import NOW, DeskMembershipFactory, NeedFactory, at
from tests.web.conftest import send, signed_in
from tests.worker import brokers
from volunteers.services.bringing_in import kinds
from web.texts import WORRY_TEXT
from worker import tasks

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "ツチノコ色の雨どいが夜ごとに鳴って眠れません"
NAME, PHONE = "竹林院ひばり", "045-987-6543"
MARKS = (WORDS, NAME, PHONE)
CODES = ("utf-8-sig", "cp932")
FORMS = ("xlsx", "csv", "sjis.csv")
TABLES = [
    *(f"/console/spreadsheets/{kind}/rows.{form}" for kind in kinds.KINDS for form in FORMS),
    *(f"/console/figures/figures.{form}" for form in FORMS),
    "/open-data/events.csv",
    "/open-data/events.sjis.csv",
]


def spellings(mark: str) -> Iterator[bytes]:
    """However something that stores or sends it may write it."""
    raw = mark.encode()
    yield raw
    yield mark.encode("cp932")
    yield json.dumps(mark)[1:-1].encode()
    yield quote(mark).encode()
    yield raw.hex().encode()
    for shift in range(3):
        inner = base64.b64encode(b"x" * shift + raw)[4:-4]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


def marks_in(*found: bytes | str) -> list[str]:
    whole = b"\n".join(each.encode() if isinstance(each, str) else each for each in found)
    return [mark for mark in MARKS if any(spelling in whole for spelling in spellings(mark))]


def opened(content: bytes) -> bytes:
    """What a file says: a table for Excel is a packed folder."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return b"\n".join(folder.read(name) for name in folder.namelist())


def database() -> bytes:
    """All rows of all tables, as PostgreSQL's own dump writes them."""
    name, options = configured.DATABASES["default"]["NAME"], configured.DATABASES["default"]
    host = options.get("HOST") or options.get("OPTIONS", {}).get("host", "")
    user = options.get("USER") or "yaritai"
    command = [str(Ordinary().binaries / "bin" / "pg_dump"), "--host", host, "--username", user, str(name)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def valkey() -> bytes:
    """All that lies in the cache and in the queues of tasks."""
    store: Any = redis.Redis.from_url(configured.REDIS_URL)
    read = {
        b"string": lambda key: [store.get(key)],
        b"list": lambda key: store.lrange(key, 0, -1),
        b"set": store.smembers,
        b"hash": store.hvals,
        b"zset": lambda key: store.zrange(key, 0, -1),
    }
    return b"\n".join(part for key in store.scan_iter() for part in (key, *read[store.type(key)](key)) if part)


def letters() -> str:
    return "\n".join(
        str(letter.message()) + str(letter.body) + str(getattr(letter, "alternatives", "")) for letter in mail.outbox
    )


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    cache.clear()
    brokers.empty()
    with time_machine.travel(NOW, tick=True):
        yield
    brokers.empty()


@pytest.fixture
def coordinator() -> User:
    user: User = DeskMembershipFactory(is_lead=True).user
    return user


def entrust(client: Client, desk: SupportDesk) -> None:
    town = desk.towns.get().pk
    send(client, "/worries/what/", words=WORDS)
    send(client, "/worries/town/", town=town)
    last = {"reach": "phone", "contact": PHONE, "name": NAME, "consent": "on", "consent_text": str(WORRY_TEXT)}
    assert send(client, "/worries/reach/", **last).url == "/worries/sent/"


def a_desks_day(client: Client, desk: SupportDesk) -> list[bytes]:
    """All that a coordinator opens and does, but for reading; returns the pages."""
    worry = Worry.objects.get()
    need: dict[str, Any] = {
        "title": "眠れる家に",
        "town": desk.towns.get().pk,
        "helps": ["people"],
        "people": 1,
        "worries": [worry.pk],
    }
    need |= {"desk": desk.pk, "wanted_until": "2027-05-01"}
    warned = send(client, "/console/needs/new/", **need, summary=f"{WORDS[:12]}、{NAME}さん")
    assert warned.status_code == 409
    assert send(client, "/console/needs/new/", **need, summary="音がして休めない方がいます。").status_code == 302
    made = Need.objects.get()
    send(client, f"/console/needs/{made.pk}/publish/")
    send(client, f"/console/worries/{worry.pk}/refer/", place="区役所 高齢・障害支援課")
    tasks.watch_worries()
    for day in (3, 8):
        with time_machine.travel(at(day, 10), tick=True):
            tasks.watch_worries()
    with time_machine.travel(at(8, 11), tick=True):
        for task in (tasks.drain_outbox, tasks.refresh_shortlists, tasks.forget, tasks.sweep):
            task()
    send(client, f"/console/worries/{worry.pk}/answered/")
    paths = [
        "/console/",
        "/console/worries/",
        f"/console/worries/{worry.pk}/",
        "/console/needs/",
        f"/console/needs/{made.pk}/",
    ]
    paths += [f"/console/needs/{made.pk}/change/", "/console/spreadsheets/"]
    paths += ["/console/needs/new/?worry=" + str(worry.pk), f"/needs/{made.pk}/", "/needs/", "/roles/", "/my/notices/"]
    answers = [client.get(path) for path in (*paths, *TABLES)]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    return [opened(answer.content) for answer in answers]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_it_is_under_its_seal_and_nowhere_else(
    client: Client, coordinator: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.IS_QUIET_AT_NIGHT = False
    caplog.set_level(logging.DEBUG)
    desk = SupportDesk.objects.get(memberships__user=coordinator)
    mine = signed_in(coordinator)
    with CaptureQueriesContext(connection) as said:  # and so the logs hold every statement with what it was given
        entrust(client, desk)
        pages = a_desks_day(mine, desk)
    exported = personal_data.export(user=coordinator, now=NOW)
    found = [
        mine.get(f"{path}?words={quote(WORDS[:6])}").content for path in ("/roles/", "/needs/", "/console/people/")
    ]
    assert marks_in(database()) == []
    assert marks_in(valkey()) == []
    assert marks_in(*pages, exported) == []
    assert marks_in(*(page.replace(quote(WORDS[:6]).encode(), b"") for page in found)) == []
    assert marks_in(letters()) == []
    assert len(mail.outbox) >= 2
    assert marks_in(*(json.dumps(entry.detail) for entry in AuditEntry.objects.all())) == []
    assert marks_in(caplog.text, *(str(record.__dict__) for record in caplog.records)) == []
    assert marks_in(*(query["sql"] for query in said.captured_queries)) == []
    # The control: it is there, for whoever may read it.
    assert sealing.unseal(Worry.objects.get().sealed or b"")["words"] == WORDS
    assert marks_in(mine.get(f"/console/worries/{Worry.objects.get().pk}/words/").content) == list(MARKS)


def test_the_control_in_clear_it_would_be_found() -> None:
    NeedFactory(title=f"{NAME} {PHONE}", summary=WORDS)
    cache.set("seen", {"words": WORDS})
    assert marks_in(database()) == list(MARKS)
    assert marks_in(valkey()) == [WORDS]
    for told in (json.dumps({"words": WORDS}), quote(WORDS), base64.b64encode(f"so:{WORDS}".encode()).decode()):
        assert marks_in(told) == [WORDS]
    rows = [[WORDS]]
    for table in (write.xlsx("表", ["ことば"], rows), *(write.csv(["ことば"], rows, code) for code in CODES)):
        assert marks_in(opened(table)) == [WORDS]


@pytest.fixture
def reports(settings: Settings) -> Iterator[None]:
    """Whoever looks after the site gets reports of errors, with everything that Django would tell."""
    settings.ADMINS, settings.DEBUG = [("運営", "staff@yaritai.example")], False
    handler, logger = AdminEmailHandler(include_html=True), logging.getLogger("django.request")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)


@pytest.mark.usefixtures("reports")
def test_a_page_that_fails_reports_nothing_of_it(client: Client, coordinator: User, settings: Settings) -> None:
    desk, mine = SupportDesk.objects.get(memberships__user=coordinator), signed_in(coordinator)
    heard = {"via": "phone", "town": desk.towns.get().pk, "words": WORDS, "reach": "phone", "contact": PHONE}
    heard |= {"name": NAME, "consent": "on"}
    settings.WORRY_KEYS = []
    for who, path, answers in (
        (client, "/worries/what/", {"words": WORDS}),
        (mine, "/console/worries/new/", heard),
    ):
        mail.outbox.clear()
        who.raise_request_exception = False
        assert send(who, path, **answers).status_code == 500
        assert "WORRY_KEYS is empty" in letters()
        assert "sensitive_variables_wrapper" in letters()
        assert marks_in(letters()) == []


def gone(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
    """A database that goes away once a page has opened what is sealed: its menu asks last who somebody is."""
    if sql.startswith("SELECT EXISTS") and 'FROM "volunteers_volunteer"' in sql:
        raise OperationalError("the connection is gone")
    return execute(sql, *given)


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize("is_hidden", [True, False], ids=["as it is", "the control: on a developer's machine"])
def test_a_page_that_fails_after_it_was_opened_reports_nothing_of_it(
    client: Client, coordinator: User, caplog: pytest.LogCaptureFixture, settings: Settings, is_hidden: bool
) -> None:
    settings.DEBUG = not is_hidden
    desk, mine = SupportDesk.objects.get(memberships__user=coordinator), signed_in(coordinator)
    entrust(client, desk)
    worry = Worry.objects.get()
    town = desk.towns.get().pk
    need: dict[str, Any] = {
        "title": "眠れる家に",
        "town": town,
        "helps": ["people"],
        "people": 1,
        "worries": [worry.pk],
    }
    need |= {"desk": desk.pk, "wanted_until": "2027-05-01", "summary": f"{WORDS}、{NAME}さん、{PHONE}"}
    mine.raise_request_exception = False
    for ask in (
        lambda: mine.get(f"/console/worries/{worry.pk}/words/"),
        lambda: send(mine, "/console/needs/new/", **need),
    ):
        mail.outbox.clear()
        looks = AuditEntry.objects.filter(action="looked_at").count()
        with connection.execute_wrapper(gone):
            assert ask().status_code == 500
        assert AuditEntry.objects.filter(action="looked_at").count() == looks + 1
        assert "the connection is gone" in letters()
        assert marks_in(letters()) == ([] if is_hidden else list(MARKS))
    assert marks_in(caplog.text) == []


@pytest.mark.usefixtures("reports")
def test_the_control_a_page_like_others_would_report_it() -> None:
    request = RequestFactory().post("/worries/what/", {"words": WORDS})

    def broken() -> None:
        words = request.POST["words"]
        raise ValueError(len(words))

    try:
        broken()
    except ValueError:
        logging.getLogger("django.request").exception("broken", extra={"request": request, "status_code": 500})
    assert marks_in(letters()) == [WORDS]
