"""Stories of cooperations, with a picture."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.utils import timezone
from PIL import Image

from accounts.models import User
from organisations.models import CaseStudy, Cooperation, Organisation
from organisations.models.cooperation import Side
from organisations.services.made_public import case_studies, photos
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from tests.factories import NOW, CaseStudyFactory, CooperationFactory


def _organisation(kept: Kept) -> Organisation:
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "host")
    return Organisation.objects.filter(memberships__user__email=email).earliest("pk")


def _case(kept: Kept) -> CaseStudy:
    """Public, of the host and in the area of the coordinator who sign in, with a picture."""
    host, now = _organisation(kept), timezone.now()
    found = CaseStudy.objects.filter(cooperation__host=host).first()
    if found is not None:
        return found
    coordinator = User.objects.get(email=next(one.email for one in kept.ward.sign_ins if one.kind == "coordinator"))
    company = Organisation.objects.approved().in_area_of(coordinator).exclude(pk=host.pk).earliest("pk")
    made = CaseStudyFactory(cooperation__host=host, cooperation__offer__organisation=company)
    file = io.BytesIO()
    Image.linear_gradient("L").resize((800, 500)).save(file, "JPEG")
    said = {"description": "食堂のテーブルを囲んで、お茶を飲む人たち", "consent_text": "了解をとりました。"}
    photos.add(case=made, content=file.getvalue(), now=now, actor=None, **said)
    for side in (Side.OFFER, Side.HOST):
        made.refresh_from_db()
        case_studies.agree(case=made, side=side, seen_at=made.changed_at, now=now, actor=None)
    return made


def _untold(kept: Kept) -> Cooperation:
    host = _organisation(kept)
    agreed = dict.fromkeys(("offer_agreed_at", "host_agreed_at", "desk_agreed_at", "agreed_at", "done_at"), NOW)
    found = Cooperation.objects.filter(host=host, case_study=None, status="done").first()
    return found or CooperationFactory(host=host, offer__organisation=host, status="done", **agreed)


def _below(start: str, end: str = "") -> Callable[[Kept], str]:
    return lambda kept: f"{start}/{_case(kept).pk}/{end}"


def _list(kept: Kept) -> str:
    _case(kept)
    _untold(kept)
    return f"/organisation/{_organisation(kept).pk}/cases/"


def _remove(kept: Kept) -> str:
    case = _case(kept)
    return f"/organisation/cases/{case.pk}/photos/{case.photos.values_list('pk', flat=True)[0]}/remove/"


def _all(path: str) -> Callable[[Kept], str]:
    def address(kept: Kept) -> str:
        _case(kept)
        return path

    return address


PAGES: dict[str, list[Look]] = {
    "public:cases": [Look("", _all("/cases/"))],
    "public:case": [Look("", _below("/cases"), is_dark=True)],
    "organisation:cases": [Look("host", _list, is_dark=True)],
    "organisation:begin_case": [
        Look("host", lambda kept: f"/organisation/cooperations/{_untold(kept).pk}/case/"),
    ],
    "organisation:case": [Look("host", _below("/organisation/cases"), is_dark=True)],
    "organisation:edit_case": [Look("host", _below("/organisation/cases", "edit/"))],
    "organisation:add_case_photo": [Look("host", _below("/organisation/cases", "photos/"))],
    "organisation:remove_case_photo": [Look("host", _remove)],
    "console:cases": [Look("coordinator", _all("/console/cases/"))],
    "console:case": [Look("coordinator", _below("/console/cases"))],
    "console:take_down_case": [Look("coordinator", _below("/console/cases", "take-down/"))],
}
NOT_PAGES = {"public:case_photo", "console:case_book"}
