"""Stories of cooperations, and their pictures."""

from __future__ import annotations

from organisations.models import CasePhoto, CaseStudy, Cooperation
from tests.factories import NOW, CaseStudyFactory, CooperationFactory
from tests.web.objects.target import Grow, Target, Which, by_pk
from tests.web.world import Side

AGREED = {"offer_agreed_at": NOW, "host_agreed_at": NOW}
DONE = {"status": "done", **AGREED, "desk_agreed_at": NOW, "agreed_at": NOW, "done_at": NOW}


def _done(side: Side) -> Cooperation:
    organisation = side.posted.organisation
    found = organisation.cooperations.filter(case_study=None, status="done").first()
    return found or CooperationFactory(host=organisation, offer__organisation=organisation, **DONE)


def _case(side: Side) -> CaseStudy:
    """A draft: who neither takes part in it nor looks after the area does not find it."""
    found = CaseStudy.objects.filter(cooperation__host=side.posted.organisation, published_at=None).first()
    return found or CaseStudyFactory(
        cooperation__host=side.posted.organisation, cooperation__offer__organisation=side.posted.organisation
    )


def _public_case(side: Side) -> CaseStudy:
    found = CaseStudy.objects.filter(published_at__isnull=False).first()
    return found or CaseStudyFactory(cooperation__host=side.open.organisation, published_at=NOW, **AGREED)


def _photo(side: Side) -> CasePhoto:
    case = _case(side)
    return case.photos.first() or case.photos.create(
        jpeg=b"\xff\xd8\xff\xd9", width=1, height=1, description="庭", consent_text="はい", consented_at=NOW
    )


def _both(side: Side) -> Target:
    return Target({"pk": _case(side).pk, "photo_pk": _photo(side).pk}, _case(side))


OBJECTS: dict[str, Which] = {
    "api:case": lambda side: by_pk(_public_case(side)),
    "public:case": lambda side: by_pk(_case(side)),
    "public:case_photo": _both,
    "organisation:cases": lambda side: by_pk(side.posted.organisation),
    "organisation:begin_case": lambda side: by_pk(_done(side)),
    "organisation:case": lambda side: by_pk(_case(side)),
    "organisation:edit_case": lambda side: by_pk(_case(side)),
    "organisation:add_case_photo": lambda side: by_pk(_case(side)),
    "organisation:remove_case_photo": _both,
    "console:case": lambda side: by_pk(_case(side)),
    "console:take_down_case": lambda side: by_pk(_case(side)),
}


def more_cases(_side: Side, count: int) -> None:
    CaseStudyFactory.create_batch(count, published_at=NOW, **AGREED)


def more_drafts(side: Side, count: int) -> None:
    for _number in range(count):
        CaseStudyFactory(cooperation__host=side.posted.organisation)


LISTS: dict[str, tuple[str, Grow]] = {
    "public:cases": ("stranger", more_cases),
    "console:cases": ("coordinator", more_drafts),
}
