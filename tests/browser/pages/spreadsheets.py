from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from organisations.models import SupportDesk
from organisations.spreadsheets import write
from tests.browser.kept import Kept
from tests.browser.pages.look import Look
from volunteers.models.upload import UploadKind
from volunteers.services.bringing_in import kinds, uploads


def _upload(kept: Kept, *, is_fine: bool) -> str:
    email = next(one.email for one in kept.ward.sign_ins if one.kind == "coordinator")
    user = User.objects.get(email=email)
    desk = SupportDesk.objects.filter(memberships__user=user).earliest("pk")
    names = kinds.names(UploadKind.VOLUNTEERS, user)
    said = {"呼び名": "花子", "電話": "045-000-9999", "生年月日": "昭和35年1月2日", "きまりに同意した日": "2026/11/1"}
    said["町"] = desk.towns.earliest("pk").name if is_fine else "月面"
    kept_one = uploads.keep(
        kind=UploadKind.VOLUNTEERS,
        name="名簿.xlsx",
        content=write.xlsx("名簿", names, [[said.get(name) for name in names]]),
        desk=desk,
        now=timezone.now(),
        actor=user,
    )
    return f"/console/spreadsheets/uploads/{kept_one.pk}/"


PAGES: dict[str, list[Look]] = {
    "console:spreadsheets": [Look("coordinator", "/console/spreadsheets/", is_dark=True)],
    "console:hand_in": [Look("coordinator", "/console/spreadsheets/roles/")],
    "console:upload": [
        Look("coordinator", lambda kept: _upload(kept, is_fine=True)),
        Look("coordinator", lambda kept: _upload(kept, is_fine=False)),
    ],
}
NOT_PAGES = {"console:table"}
