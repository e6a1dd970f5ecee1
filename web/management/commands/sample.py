"""Load the hand-written sample ward, and say whom one can sign in as."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from volunteers.sample import ward

KINDS: dict[str, Promise] = {
    "volunteer": _("参加者"),
    "english": _("参加者(画面は英語)"),
    "junior": _("16歳未満の参加者"),
    "host": _("団体の担当者"),
    "company": _("企業の担当者"),
    "coordinator": _("相談窓口のコーディネーター"),
    "staff": _("管理用の画面に入れる方"),
}


class Command(BaseCommand):
    help = "Load the sample ward. What is there already stays as it is; roles whose times are over get new ones."

    def handle(self, *_args: Any, **_options: Any) -> None:
        loaded = ward.load(now=timezone.now())
        line = gettext("見本の区: 団体%(organisations)s、募集%(roles)s、これからの枠%(slots)s、参加者%(volunteers)s")
        counts = {name: getattr(loaded, name) for name in ("organisations", "roles", "slots", "volunteers")}
        self.stdout.write(line % counts)
        self.stdout.write(
            gettext("次のメールアドレスでためせます。メールでとどく番号を入れてください(var/mail に入ります):")
        )
        for one in loaded.sign_ins:
            self.stdout.write(f"  {one.email:<28} {KINDS[one.kind]} — {one.name}")
