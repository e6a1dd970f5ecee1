from __future__ import annotations

from tests.web.objects.target import Grow, Target, Which, by_pk, by_public_id


def _role(names: str) -> dict[str, Which]:
    return {f"api:{name}": lambda side: by_pk(side.posted.role) for name in names.split()}


OBJECTS: dict[str, Which] = {
    **_role("role own_role submit_role close_role cancel_role candidates changes_for_host own_slots"),
    **_role("role_to_review publish_role send_back_role changes why_not"),
    **dict.fromkeys(("api:join", "api:wait"), lambda side: by_pk(side.open.slot)),
    **dict.fromkeys(("api:accept_waiting", "api:leave_waiting"), lambda side: by_pk(side.taking.waiting)),
    "api:cancel_place": lambda side: by_pk(side.taking.placement),
    "api:withdraw": lambda side: by_pk(side.taking.application),
    "api:answer": lambda side: by_pk(side.taking.suggestion),
    "api:undo": lambda side: by_pk(side.taking.suggestion),
    "api:token": lambda side: Target({"key": side.token.token_key}, side.token),
    "api:cancel_slot": lambda side: by_pk(side.posted.slot),
    "api:accept": lambda side: by_public_id(side.taking.application),
    "api:decline": lambda side: by_public_id(side.taking.application),
    "api:release": lambda side: by_public_id(side.unreleased),
}
LISTS: dict[str, tuple[str, Grow]] = {}
