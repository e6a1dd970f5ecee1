"""Ask for a round of suggestions; with --wait also carry it out, beside whatever workers there are."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from matching.models import Run, RunStatus
from matching.services.running import runs
from matching.services.running.runs import Progress

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
        with self._teller() as tell:
            while run.status in (RunStatus.REQUESTED, RunStatus.RUNNING):
                here = runs.carry_out(now=timezone.now(), at_most=1)
                tell(runs.progress(run=run, now=timezone.now()))  # reads the run again
                if not here.parts_done_here and run.status in (RunStatus.REQUESTED, RunStatus.RUNNING):
                    time.sleep(PAUSE_S)  # the rest is in the hands of others, or waits after a mistake
        if run.status == RunStatus.FAILED:
            raise CommandError(run.reason)

    @contextmanager
    def _teller(self) -> Iterator[Callable[[Progress], None]]:
        """Yield what says how far the run is: a bar on a terminal; else a line whenever somebody was done."""
        if not self.stdout.isatty():
            yield self._lines()
            return
        self.stdout.ending = ""  # else each look at the bar would end its line
        with tqdm(file=self.stdout, unit=_("人"), dynamic_ncols=True) as bar:

            def tell(progress: Progress) -> None:
                bar.total = progress.volunteers_all
                bar.update(progress.volunteers_done - bar.n)
                bar.refresh()

            yield tell

    def _lines(self) -> Callable[[Progress], None]:
        said = 0

        def tell(progress: Progress) -> None:
            nonlocal said
            if progress.volunteers_done > said:
                said = progress.volunteers_done
                words = {"done": said, "all": progress.volunteers_all, "seconds": progress.seconds}
                self.stdout.write(_("%(done)d / %(all)d 人、%(seconds).1f 秒") % words)

        return tell
