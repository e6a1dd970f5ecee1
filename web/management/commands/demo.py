"""The whole of Yaritai once through: a ward of people, a real worker, and what it suggests to whom."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from matching.models import Run, RunStatus
from matching.services.proposing import offers
from matching.services.running import runs
from notifications.models import Notification
from volunteers.sample import ward
from web.management import demo_report
from web.management.demo_worker import NotDoneInTime, worker


class Command(BaseCommand):
    help = "Migrate, load the sample ward, let a real worker make suggestions and send them, and print what came of it."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        is_english = os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("en")
        with translation.override("en" if is_english else "ja"):
            self._handle()

    def _handle(self) -> None:
        call_command("migrate", verbosity=0, skip_checks=True)
        before = demo_report.messages()
        try:
            run = self._run()
        except NotDoneInTime as reason:
            raise CommandError(str(reason)) from None
        if run.status == RunStatus.FAILED:
            raise CommandError(run.reason)
        self._print(demo_report.suggestions())
        self._print(demo_report.scarce_roles(run))
        self._print(demo_report.sharing(run))
        self._print(demo_report.offers())
        self._print(demo_report.outbox(before, demo_report.messages()))
        self._print(demo_report.farewell())

    def _run(self) -> Run:
        with worker() as working:  # it starts while the ward is loaded
            now = timezone.now()
            self._print(demo_report.ward(ward.load(now=now)))
            offers.propose(now=now)
            run = runs.request(now=now)
            working.wait_until(lambda: _is_told(run))
        return run

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _is_told(run: Run) -> bool:
    """The run has ended, its digests are planned, and what is due has left the outbox."""
    run.refresh_from_db()
    if run.status == RunStatus.FAILED:
        return True
    waiting = Notification.objects.waiting().filter(due_at__lte=timezone.now())
    return run.digests_planned_at is not None and not waiting.exists()
