"""Look at the weights of the signals, learn new ones from answers, and choose which are used."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services.errors import DomainError
from matching.engine.scoring import USUAL
from matching.models import WeightSet
from matching.services.listing import weights


class Command(BaseCommand):
    help = "List the weights that were learnt from answers, learn anew, use one set of them, or the table's again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_mutually_exclusive_group()
        deeds.add_argument("--list", action="store_true", help="show all sets, newest first (the default)")
        deeds.add_argument("--refit", action="store_true", help="learn a new set; it is not used yet")
        deeds.add_argument("--use", type=int, metavar="N", help="suggest with set N from the next run on")
        deeds.add_argument("--usual", action="store_true", help="suggest with the table's weights again")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._do(options)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._list()

    def _do(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        if options["refit"]:
            weights.refit(now=now)
        elif options["usual"]:
            weights.back_to_usual(now=now)
        elif options["use"] is not None:
            weight_set = WeightSet.objects.filter(pk=options["use"]).first()
            if weight_set is None:
                raise CommandError(_("重み %(number)d はありません。") % {"number": options["use"]})
            weights.use(weight_set=weight_set, now=now)

    def _list(self) -> None:
        self.stdout.write(" ".join(["#", "   ", *(f"{name:>8}" for name in USUAL.names)]))
        for one in WeightSet.objects.all():
            mark = "*" if one.is_active else "+" if one.is_better else "-"
            losses = f"{one.loss_before:.4f} → {one.loss_after:.4f}, {one.answers} / {one.people}"
            self._line(mark, str(one.pk), one.values, losses)
        self._line("*" if weights.active() is None else "+", "-", USUAL.by_name(), "")

    def _line(self, mark: str, number: str, values: dict[str, float], about: str) -> None:
        columns = (f"{values[name]:8.3f}" if name in values else f"{'':8}" for name in USUAL.names)
        self.stdout.write(" ".join([mark, f"{number:>3}", *columns, about]).rstrip())
