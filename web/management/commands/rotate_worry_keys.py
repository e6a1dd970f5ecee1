"""Seal all worries anew with the newest of WORRY_KEYS. Stopped halfway, it goes on where it was."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from organisations.services.worries import resealing
from organisations.services.worries.sealing import CannotOpen


class Command(BaseCommand):
    help = "Seal all worries with the first of WORRY_KEYS. When it is done, the others may be removed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        seen = resealed = after = 0
        try:
            while (batch := resealing.reseal(after=after)).seen:
                after, seen, resealed = batch.after, seen + batch.seen, resealed + batch.resealed
        except CannotOpen as error:
            raise CommandError(_("開けないものがあります。古い鍵を WORRY_KEYS に戻してください。")) from error
        line = _("%(seen)d件を調べ、%(resealed)d件に新しい鍵で封をしました。古い鍵は、もう外せます。")
        self.stdout.write(line % {"seen": seen, "resealed": resealed})
