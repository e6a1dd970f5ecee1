from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.factories import RoleFactory, SlotFactory, UserFactory, VolunteerFactory
from tests.web.conftest import said
from volunteers.models import Volunteer


def test_the_page_of_a_role_leads_to_why_not_for_everybody(client: Client, db: None) -> None:
    role = SlotFactory(role__min_age=70).role
    page, why_not = reverse("public:role", args=[role.pk]), reverse("volunteer:why_not", args=[role.pk])
    assert why_not in client.get(page).content.decode()
    assert client.get(why_not).headers["Location"] == f"/accounts/login/?next={why_not}"
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert why_not in client.get(page).content.decode()
    assert reverse("volunteer:profile") in client.get(why_not).content.decode()
    volunteer: Volunteer = VolunteerFactory()
    client.force_login(volunteer.user, backend="django.contrib.auth.backends.ModelBackend")
    assert why_not in client.get(page).content.decode()
    told = client.get(why_not).content.decode()
    assert "70歳からの活動です。" in told
    assert page in told


def test_what_is_not_public_is_not_there(client: Client, db: None) -> None:
    client.force_login(VolunteerFactory().user, backend="django.contrib.auth.backends.ModelBackend")
    draft = RoleFactory(status="draft", published_at=None)
    assert client.get(reverse("volunteer:why_not", args=[draft.pk])).status_code == 404


def test_the_list_of_roles_leads_here_for_who_is_signed_in(client: Client, member: Client) -> None:
    role = SlotFactory().role
    path = f'href="/my/roles/{role.pk}/why-not/"'
    assert path in said(member.get("/roles/"))
    assert path not in said(client.get("/roles/"))
