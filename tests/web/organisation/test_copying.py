"""What was posted before is posted again, at other times."""

from __future__ import annotations

from organisations.models import Role
from organisations.models.role import RoleStatus
from tests.factories import MembershipFactory, SlotFactory
from tests.web.conftest import said, send, signed_in


def test_a_copy_is_asked_for_once_more_and_goes_on_with_the_times() -> None:
    membership = MembershipFactory()
    role = SlotFactory(role__organisation=membership.organisation, role__status=RoleStatus.CLOSED).role
    host, page = signed_in(membership.user), f"/organisation/roles/{role.pk}/copy/"
    assert page in said(host.get(f"/organisation/roles/{role.pk}/"))
    assert role.title in said(host.get(page))
    assert Role.objects.count() == 1
    sent = send(host, page)
    made = Role.objects.exclude(pk=role.pk).get()
    assert sent["Location"] == f"/organisation/roles/{made.pk}/when/"
    assert (made.title, made.status) == (role.title, RoleStatus.DRAFT)
    assert "新しい下書きを作りました" in said(host.get(sent["Location"]))
