"""What people entrust to a desk, and the needs that are written of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from organisations.models import DeskMembership, Need, Town, Worry
from organisations.services.needs import posting
from organisations.services.worries import handling, receipts, referrals
from tests.browser.kept import Kept
from tests.browser.pages.look import Look

WORDS = "庭の草が伸びて、ひとりでは抜けません。腰が痛くて困っています。"


def _at_desk(kept: Kept) -> tuple[DeskMembership, Town]:
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "coordinator")
    membership = DeskMembership.objects.filter(user__email=email).select_related("user", "desk").earliest("pk")
    return membership, membership.desk.towns.earliest("pk")


def _worry(kept: Kept) -> Worry:
    """One that was answered and passed on, and from which a need is being written."""
    if (known := Worry.objects.first()) is not None:
        return known
    membership, town = _at_desk(kept)
    contents = handling.Contents(WORDS, "phone", "045-000-0000", "みどり")
    given: dict[str, Any] = {
        "town": town,
        "contents": contents,
        "consent_text": "読むことに同意します。",
        "now": timezone.now(),
    }
    handling.receive(receipt=receipts.draw(), **given)
    worry = handling.receive(receipt=receipts.draw(), is_about_other=True, **given)
    handling.read(worry=worry, now=timezone.now(), actor=membership.user)
    handling.answered(worry=worry, now=timezone.now(), actor=membership.user)
    referrals.refer(worry=worry, desk=membership.desk, now=timezone.now(), actor=membership.user)
    return worry


def _page(name: str = "") -> Callable[[Kept], str]:
    return lambda kept: f"/console/worries/{_worry(kept).pk}/{name}"


def _need(kept: Kept) -> Need:
    """A draft that shares words with the worry behind it."""
    if (known := Need.objects.filter(title="庭の草取り").first()) is not None:
        return known
    membership, town = _at_desk(kept)
    return posting.draft(
        desk=membership.desk,
        place=town,
        title="庭の草取り",
        summary="庭の草が伸びて、ひとりでは抜けません。",
        worries=[_worry(kept)],
        is_checked=True,
        now=timezone.now(),
        actor=membership.user,
    )


def _draft(name: str = "") -> Callable[[Kept], str]:
    return lambda kept: f"/console/needs/{_need(kept).pk}/{name}"


def _worries(kept: Kept) -> str:
    _worry(kept)
    return "/console/worries/"


def _needs(kept: Kept) -> str:
    _need(kept)
    return "/console/needs/"


# The later steps of the form are walked through with a journey: they lead back to the first without an answer.
PAGES: dict[str, list[Look]] = {
    "public:worry": [Look("", "/worries/", is_dark=True)],
    "public:worry_what": [Look("", "/worries/what/"), Look("", "/worries/what/?about=other", is_dark=True)],
    "console:worries": [Look("coordinator", "/console/worries/?show=closed"), Look("coordinator", _worries)],
    "console:type_in_worry": [Look("coordinator", "/console/worries/new/", is_dark=True)],
    "console:worry": [Look("coordinator", _page(), is_dark=True)],
    "console:worry_words": [Look("coordinator", _page("words/"))],
    "console:refer_worry": [Look("coordinator", _page("refer/"))],
    "console:refuse_worry": [Look("coordinator", _page("refuse/"))],
    "console:close_worry": [Look("coordinator", _page("close/"))],
    "console:needs": [Look("coordinator", _needs)],
    "console:new_need": [Look("coordinator", "/console/needs/new/", is_dark=True)],
    "console:need": [Look("coordinator", _draft())],
    "console:change_need": [Look("coordinator", _draft("change/"))],
    "console:publish_need": [Look("coordinator", _draft("publish/"), is_dark=True)],
    "console:close_need": [Look("coordinator", _draft("close/"))],
}
NOT_PAGES = {"public:worry_town", "public:worry_reach", "public:worry_sent"}
