from __future__ import annotations

from tests.factories import InvitationFactory, RepeatFactory, SlotFactory
from tests.web.objects.target import Grow, Target, Which, by_pk, by_public_id
from tests.web.world import Side


def _role(names: str) -> dict[str, Which]:
    return {f"organisation:{name}": lambda side: by_pk(side.posted.role) for name in names.split()}


def _invitation_of_organisation(side: Side) -> Target:
    invitation = InvitationFactory(organisation=side.posted.organisation)
    return Target({"pk": invitation.pk}, invitation.organisation)


def _repeat(side: Side) -> Target:
    running = side.posted.role.repeats.filter(ended_at=None).first()
    return by_pk(running or RepeatFactory(role=side.posted.role))


OBJECTS: dict[str, Which] = {
    "organisation:organisation": lambda side: by_pk(side.posted.organisation),
    "organisation:edit": lambda side: by_pk(side.posted.organisation),
    "organisation:members": lambda side: by_pk(side.posted.organisation),
    "organisation:myself": lambda side: by_pk(side.posted.organisation),
    "organisation:leave": lambda side: by_pk(side.posted.organisation),
    "organisation:invitation": lambda side: by_pk(InvitationFactory(user=side.account)),
    "organisation:withdraw_invitation": _invitation_of_organisation,
    "organisation:new_role": lambda side: by_pk(side.posted.organisation),
    **_role(
        "role what size when window where who ready check preview copy split repeat reach withdraw close let_go discard"
    ),
    **_role("new_venue venue pin"),
    "organisation:end_repeat": _repeat,
    "organisation:slot": lambda side: by_pk(side.posted.slot),
    "organisation:remove_slot": lambda side: by_pk(side.posted.slot),
    **_role("people"),
    "organisation:roster": lambda side: by_pk(side.posted.placed_slot),
    "organisation:move": lambda side: by_pk(side.posted.placed_slot),
    "organisation:cancel_slot": lambda side: by_pk(side.posted.placed_slot),
    "organisation:accept": lambda side: by_public_id(side.taking.application),
    "organisation:decline": lambda side: by_public_id(side.taking.application),
}


def more_roles(side: Side, count: int) -> None:
    SlotFactory.create_batch(count, role__organisation=side.posted.organisation)


LISTS: dict[str, tuple[str, Grow]] = {
    "organisation:home": ("host", more_roles),
}
