"""A real process, killed by a real SIGKILL, at every moment of a sending."""

import email
import os
import subprocess
import sys
from collections import Counter
from email import policy
from urllib.parse import urlsplit

import pytest
from django.db import connection

from notifications.models import Delivery, Notification, Status
from notifications.services import outbox
from notifications.services.outbox import Delivered
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)

KILLED = -9
EARLY, BEFORE, AFTER = "between claim and sending", "on the way out", "after it left, before that is written down"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "notifications.eml.EmlFolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def drain_and_die(folder, when):
    """Run a drain in a process of its own; the power goes *when*."""
    backend = "DiesBeforeSending" if when == BEFORE else "DiesAfterSending"
    return start(folder, backend, *(["early"] if when == EARLY else [])).wait()


def start(folder, backend, *arguments, **more):
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": database.geturl(),
        "DJANGO_SETTINGS_MODULE": "tests.notifications.mail_settings",
        "MAIL_BACKEND": f"tests.notifications.backends.{backend}",
        "MAIL_FOLDER": str(folder),
        **more,
    }
    command = [sys.executable, "-m", "tests.notifications.drain_and_die", NOW.isoformat(), *arguments]
    return subprocess.Popen(command, env=environment)


def drain():
    return outbox.deliver_due(now=NOW, still_right={})


def end_leases():
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_notification SET lease_until = now() - interval '1 s' WHERE lease_until > now()"
        )


def arrived(folder):
    files = sorted(folder.glob("*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=policy.default)["Message-ID"] for file in files]


@pytest.mark.parametrize(
    ("kept", "when", "comes_of_it", "copies"),
    [
        (Delivery.AT_LEAST_ONCE, EARLY, Delivered(sent=1), 1),
        (Delivery.AT_LEAST_ONCE, BEFORE, Delivered(sent=1), 1),
        (Delivery.AT_LEAST_ONCE, AFTER, Delivered(sent=1), 2),
        (Delivery.AT_MOST_ONCE, EARLY, Delivered(sent=1), 1),
        (Delivery.AT_MOST_ONCE, BEFORE, Delivered(failed=1), 0),
        (Delivery.AT_MOST_ONCE, AFTER, Delivered(failed=1), 1),
    ],
)
def test_the_next_drain_does_what_the_row_says(person, letter, folder, kept, when, comes_of_it, copies):
    row = letter(person, kind="cancelled", delivery=kept)
    assert drain_and_die(folder, when) == KILLED
    assert drain() == Delivered()  # the lease of the dead still runs
    end_leases()
    assert drain() == comes_of_it
    assert drain() == Delivered()
    assert arrived(folder) == [f"<{row.pk}@localhost>"] * copies
    row.refresh_from_db()
    assert row.status == (Status.SENT if comes_of_it.sent else Status.FAILED)  # a human sees what nobody knows


def test_control_without_the_mark_before_sending_a_crash_doubles(person, letter, folder):
    letter(person, kind="cancelled", delivery=Delivery.AT_MOST_ONCE)
    assert drain_and_die(folder, AFTER) == KILLED
    Notification.objects.update(handed_over_at=None)
    end_leases()
    assert drain() == Delivered(sent=1)
    assert len(arrived(folder)) == 2


def test_with_many_drains_dying_at_once_nothing_is_lost_and_nothing_is_doubled(person, letter, folder):
    """Lives in letters sent; below zero, the last one dies before the server has it."""
    must = {f"<{letter(person, kind='a', delivery=Delivery.AT_LEAST_ONCE).pk}@localhost>" for _ in range(60)}
    once = {f"<{letter(person, kind='b', delivery=Delivery.AT_MOST_ONCE).pk}@localhost>" for _ in range(60)}
    kills = 0
    for lives in [("2", "-5", "9"), ("-1", "12", "-4")]:
        drains = [start(folder, "DiesAtSome", MAIL_LIFE=life) for life in lives]
        kills += sum(drain.wait() == KILLED for drain in drains)
        end_leases()
    last = outbox.deliver_due(now=NOW, still_right={}, limit=1000)
    assert kills == 6
    assert last.later == last.dropped == 0
    counts = Counter(arrived(folder))
    assert must <= counts.keys()
    assert all(counts[one] == 1 for one in once & counts.keys())
    unsure = Notification.objects.filter(status=Status.FAILED)
    assert len(once - counts.keys()) <= unsure.count() <= kills
    assert Notification.objects.filter(status=Status.SENT).count() + unsure.count() == 120
    assert sum(counts.values()) <= 120 + kills
