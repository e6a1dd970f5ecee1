"""What the demo prints: suggestions with their reasons, roles that lack people, and what became of the messages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _

from matching import reports
from matching.explanations import Shown
from matching.models import RolePrice, Run, Suggestion
from matching.services.choosing import picks
from matching.services.proposing.offer_reasons import offer_reasons
from notifications.models import Channel, Notification, Status
from organisations.models import Cooperation
from organisations.models.cooperation import Side
from organisations.services import saying
from volunteers.models import Volunteer
from volunteers.sample.ward import WardLoaded

# How many messages there are, by channel and status.
Tally = Counter[tuple[str, str]]
# So many roles are named in one line.
NAMED = 5
# So many people without a suggestion are named in one line.
A_LINE = 4


def messages() -> Tally:
    rows = Notification.objects.order_by().values_list("channel", "status").annotate(Count("pk"))
    return Counter({(channel, status): count for channel, status, count in rows})


def ward(loaded: WardLoaded) -> Iterator[str]:
    yield _("見本の区: 団体%(organisations)s、募集%(roles)s、これからの枠%(slots)s、参加者%(volunteers)s") % {
        "organisations": loaded.organisations,
        "roles": loaded.roles,
        "slots": loaded.slots,
        "volunteers": loaded.volunteers,
    }


def suggestions() -> Iterator[str]:
    """Say for each person what was put before them, and why; who has nothing is named at the end, in few lines."""
    rows = Suggestion.objects.alive().select_related("role__organisation", "slot").order_by("volunteer", "rank", "pk")
    by_person: defaultdict[int, list[Shown]] = defaultdict(list)
    for shown in picks.explain_all(list(rows)):
        by_person[shown.suggestion.volunteer_id].append(shown)
    yield from _heading(_("おすすめ"))
    without = []
    for person in Volunteer.objects.select_related("user", "town").order_by("pk"):
        named = f"{person.user.name}({person.town.name})"
        if person.pk not in by_person:
            without.append(named)
            continue
        yield f"\n{named}"
        for one in by_person[person.pk]:
            yield f"   {one.suggestion.score:.2f}  {one.role.label}"
            yield f"         {one.when} — {saying.joined(one.reasons)}"
    if without:
        yield ""
        yield from (saying.joined(without[first : first + A_LINE]) for first in range(0, len(without), A_LINE))
        yield "   " + _("いま合うものはありません。何も送りません。")


def offers() -> Iterator[str]:
    """Say which offers were put before which needs and roles, and what speaks for it."""
    rows = Cooperation.objects.alive().filter(score__isnull=False).order_by("-score", "pk")
    found = list(rows.select_related("offer__organisation", "host", "need", "role"))
    yield from _heading(_("提供と、地域ニーズや募集"))
    for one in found[:NAMED]:
        want = one.need or one.role
        yield f"   {one.score:.2f}  {one.offer.label}({one.offer.organisation.name}) → {want.label if want else ''}"
        yield f"         {saying.joined(offer_reasons(one, Side.OFFER))}"
    words = {"all": len(found), "shown": min(len(found), NAMED)}
    yield "   " + _("3つの側にたずねている組み合わせ: %(all)d(上は %(shown)d)") % words


def scarce_roles(run: Run) -> Iterator[str]:
    """Say which roles too few people could come to, and which condition shuts most others out."""
    yield from _heading(_("来られる方が5人に満たない募集と、いちばん効いている条件"))
    for one in reports.under_served(run=run):
        words = {"could_come": one.could_come, "binding": one.binding, "others": one.others}
        yield (
            f"   {one.role.label}: " + _("%(could_come)d人 — 「%(binding)s」のために来られない方 %(others)d人") % words
        )


def sharing(run: Run) -> Iterator[str]:
    """Say what sharing people out has changed: which roles are put before five people, and for whom the floor spoke."""
    told = run.trace
    yield from _heading(_("声をかける方の分け合い(必要の値と下限)"))
    for line, counted, possible in (
        (_("%(floor)d人以上にとどく募集: %(before)d → %(after)d(とどけられる募集 %(all)d)"), "reached", "could_reach"),
        (
            _("%(floor)d人に、または来られる方全員にとどく募集: %(before)d → %(after)d(候補のいる募集 %(all)d)"),
            "served",
            "could_be_served",
        ),
    ):
        words = {"before": told["before"][counted], "after": told["after"][counted], "all": told[possible]}
        yield "   " + line % (words | {"floor": told["floor"]})
    useful = {"before": told["before"]["useful"], "after": told["after"]["useful"]}
    yield "   " + _("必要な人数のうち、埋まる見込み: %(before).1f人 → %(after).1f人") % useful
    prices = RolePrice.objects.filter(run=run).select_related("role")
    dear, cheap = prices.order_by("-price", "role").first(), prices.order_by("price", "role").first()
    if dear and cheap and dear.price > cheap.price:
        ends = {"dear": dear.role.label, "high": dear.price, "cheap": cheap.role.label, "low": cheap.price}
        yield "   " + _("必要の値: 「%(dear)s」%(high)+.3f から「%(cheap)s」%(low)+.3f まで") % ends
    given = [
        _("%(role)s(%(given)d)") % {"role": one.role.label, "given": one.given}
        for one in prices.filter(given__gt=0).order_by("-given", "role")
    ]
    if given:
        yield "   " + _("下限のおかげでとどく募集(人数): %(roles)s") % {"roles": saying.joined(given[:NAMED])}
    else:
        yield "   " + _("下限のために入れ替えたおすすめはありません。")


def outbox(before: Tally, after: Tally) -> Iterator[str]:
    """Say how many messages were written and delivered, in all and just now, and where the mail lies."""
    yield from _heading(_("お知らせ"))
    written, sent = _count(after), _count(after, Status.SENT)
    new, sent_now = written - _count(before), sent - _count(before, Status.SENT)
    words = {"written": written, "new": new, "sent": sent, "sent_now": sent_now}
    yield "   " + _("書いたもの %(written)d(今回 %(new)d)、とどけたもの %(sent)d(今回 %(sent_now)d)") % words
    for channel in Channel:
        if count := after[channel, Status.SENT]:
            yield f"   {channel.label}: {count}"
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        yield "   " + _("メールは %(folder)s に .eml ファイルで入っています。") % {"folder": Path(folder)}


def farewell() -> Iterator[str]:
    yield ""
    yield _("サイトを開くには: make run と打ち、%(url)s をブラウザで開いてください。") % {"url": settings.SITE_URL}


def _count(tally: Tally, status: str | None = None) -> int:
    return sum(count for (_channel, has), count in tally.items() if status in (None, has))


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield f"── {words} ──"
