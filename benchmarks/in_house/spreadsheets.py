"""Tables of many rows, brought in by a coordinator of the whole sample ward.

Keys of the last line: for each kind of table ``<kind>_keep_s``, ``<kind>_look_s`` and ``<kind>_bring_s``: the file is
handed in and checked, looked at again, and written.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Iterator

from django.utils import timezone

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import people
from organisations.models import DeskMembership, SupportDesk
from organisations.models.organisation import Kind
from organisations.services.hosts import organisations
from organisations.spreadsheets import write
from volunteers.models.upload import UploadKind
from volunteers.sample import terms
from volunteers.services.bringing_in import kinds, uploads

TEXTS: dict[str, str] = {ConsentKind.TERMS: "読みました。", ConsentKind.CONTACT: "受け取ります。"}
CLUBS = 500


def lines(kind: str, rows: int, town: str, activity: str, today: dt.date) -> Iterator[dict[str, str]]:
    for number in range(rows):
        if kind == UploadKind.ORGANISATIONS:
            yield {
                "名前": f"見本の会{number}",
                "種類": "地域の団体・グループ",
                "町": town,
                "どんな団体か": "毎月集まります。",
            }
        elif kind == UploadKind.VOLUNTEERS:
            yield {
                "呼び名": f"ひと{number}",
                "メールアドレス": f"sheet{number}@yaritai.example" if number % 3 else "",
                "電話": f"045-000-{number:04}",
                "生年月日": f"昭和{20 + number % 40}年{1 + number % 12}月1日",
                "町": town,
                "やりたいこと": "花や野菜を育てたい",
                "興味のある活動": activity,
                "月": "午前、夜",
                "土": "9:00〜12:00",
                "きまりに同意した日": f"{today:%Y/%m/%d}",
                "お知らせに同意した日": f"{today:%Y/%m/%d}",
            }
        else:
            yield {
                "団体": f"見本の会{number % CLUBS}",
                "募集の名前": f"花だんの手入れ{number}",
                "すること": "いっしょに花だんの草を取り、花を植えます。",
                "活動分野": activity,
                "会場": "集会所",
                "会場の町": town,
                "日にち": f"{today + dt.timedelta(days=1 + number % 60):%Y/%m/%d}",
                "はじまり": "9:00",
                "おわり": "11:00",
                "人数": "5人",
            }


def coordinator() -> User:
    """One whose area is the whole ward."""
    now, towns = timezone.now(), terms.load_towns()
    user = people.register(email="desk@yaritai.example", name="窓口", now=now)
    home = next(town for town in towns.values() if town.has_point)
    house = organisations.register(name="見本ケアプラザ", kind=Kind.SUPPORT, town=home, about="", now=now, actor=user)
    desk = SupportDesk.objects.create(organisation=house, source="見本", as_of=now.date())
    desk.towns.set(towns.values())
    DeskMembership.objects.create(user=user, desk=desk)
    return user


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    activity = next(iter(terms.load_vocabulary().activities.values())).ja
    user = coordinator()
    desk = SupportDesk.objects.get()
    town = next(one.name for one in desk.towns.all() if one.has_point)
    found: dict[str, float] = {"rows": rows}
    for kind in (UploadKind.ORGANISATIONS, UploadKind.VOLUNTEERS, UploadKind.ROLES):
        now, names = timezone.now(), kinds.names(kind, user)
        table = [[line.get(name, "") for name in names] for line in lines(kind, rows, town, activity, now.date())]
        content = write.xlsx("表", names, table)
        begun = time.perf_counter()
        upload = uploads.keep(kind=kind, name="表.xlsx", content=content, desk=desk, now=now, actor=user)
        kept = time.perf_counter()
        plan = uploads.look(upload=upload, now=now)
        looked = time.perf_counter()
        if len(plan.fine) != rows:
            sys.exit(f"{kind}: {len(plan.fine)} of {rows} rows are fine, {plan.faults[:3]}")
        uploads.bring(upload=upload, now=now, actor=user, texts=TEXTS)
        brought = time.perf_counter()
        found |= {
            f"{kind.value}_keep_s": round(kept - begun, 2),
            f"{kind.value}_look_s": round(looked - kept, 2),
            f"{kind.value}_bring_s": round(brought - looked, 2),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
