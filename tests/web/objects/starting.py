"""The pages about starting something, and about what supports it."""

from __future__ import annotations

from organisations.models import SupportDesk
from tests.factories import InitiativeFactory, SupportNoticeFactory
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side


def _own_idea(side: Side) -> Target:
    return by_pk(InitiativeFactory(user=side.account, town=side.open.organisation.town))


def _notice(side: Side) -> Target:
    return by_pk(SupportNoticeFactory(desk=_desk(side)))


def _following(side: Side) -> Target:
    organisation = side.posted.organisation
    return Target({"pk": organisation.pk, "notice_pk": SupportNoticeFactory().pk}, organisation)


def _desk(side: Side) -> SupportDesk:
    return SupportDesk.objects.filter(towns=side.open.organisation.town).earliest("pk")


OBJECTS: dict[str, Which] = {
    **dict.fromkeys(
        [
            "organisation:initiative",
            "organisation:end_initiative",
            "console:initiative",
            "console:initiative_answered",
            "console:initiative_becomes",
            "console:close_initiative",
        ],
        _own_idea,
    ),
    "organisation:follow": _following,
    "console:change_support": _notice,
    "console:remove_support": _notice,
}


def more_ideas(side: Side, count: int) -> None:
    InitiativeFactory.create_batch(count, user=side.account, town=side.open.organisation.town)


def more_notices(side: Side, count: int) -> None:
    SupportNoticeFactory.create_batch(count, desk=_desk(side))


LISTS: dict[str, tuple[str, Grow]] = {
    "organisation:initiatives": ("volunteer", more_ideas),
    "console:initiatives": ("coordinator", more_ideas),
    "console:support": ("coordinator", more_notices),
    "public:support": ("host", more_notices),
}
