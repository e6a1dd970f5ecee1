"""Ask for a round of suggestions; with --wait also carry it out, beside whatever workers there are."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.models import Run, RunStatus
from matching.services import runs
from matching.services.runs import Progress

PAUSE_S = 0.5


class Command(BaseCommand):
    help = "Request a run of suggestions for everybody. A worker carries it out, or this command with --wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wait", action="store_true", help="do it here, and say how far it is")

    def handle(self, *_args: Any, **options: Any) -> None:
        run = runs.request(now=timezone.now())
        self.stdout.write(_("計算 %(number)d を頼みました。") % {"number": run.pk})
        if options["wait"]:
            self._carry_out(run)

    def _carry_out(self, run: Run) -> None:
        while run.status in (RunStatus.REQUESTED, RunStatus.RUNNING):
            here = runs.carry_out(now=timezone.now(), at_most=1)
            self._say(runs.progress(run=run, now=timezone.now()))  # reads the run again
            if not here.parts_done_here and run.status in (RunStatus.REQUESTED, RunStatus.RUNNING):
                time.sleep(PAUSE_S)  # the rest is in the hands of others, or waits after a mistake
        if run.status == RunStatus.FAILED:
            raise CommandError(run.reason)

    def _say(self, progress: Progress) -> None:
        words = {"done": progress.volunteers_done, "all": progress.volunteers_all, "seconds": progress.seconds}
        self.stdout.write(_("%(done)d / %(all)d 人、%(seconds).1f 秒") % words)
