"""What people entrust to a desk, and what its coordinators write of it."""

from __future__ import annotations

from organisations.models.need import NeedStatus
from tests.factories import NeedFactory, ReferralFactory, WorryFactory
from tests.web.objects.needs import desk_of
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def _worry(side: Side) -> Target:
    return by_pk(WorryFactory(town=side.posted.organisation.town))


def _referral(side: Side) -> Target:
    worry = _worry(side).row
    return Target({"pk": worry.pk, "referral": ReferralFactory(worry=worry).pk}, worry)  # type: ignore[attr-defined]


def _need(side: Side) -> Target:
    return by_pk(NeedFactory(desk=desk_of(side), town=side.posted.organisation.town, status=NeedStatus.DRAFT))


OBJECTS: dict[str, Which] = {
    **dict.fromkeys(
        [
            f"console:{name}"
            for name in ("worry", "worry_words", "answered_worry", "refer_worry", "refuse_worry", "close_worry")
        ],
        _worry,
    ),
    "console:came_of_referral": _referral,
    **dict.fromkeys([f"console:{name}" for name in ("need", "change_need", "publish_need", "close_need")], _need),
}


def more_worries(side: Side, count: int) -> None:
    WorryFactory.create_batch(count, town=side.posted.organisation.town)


def more_needs(side: Side, count: int) -> None:
    NeedFactory.create_batch(count, desk=desk_of(side))


LISTS: dict[str, tuple[str, Grow]] = {
    "console:worries": ("coordinator", more_worries),
    "console:needs": ("coordinator", more_needs),
    "console:new_need": ("coordinator", more_worries),
}
