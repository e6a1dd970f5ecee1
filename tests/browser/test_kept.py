"""The ward that is put back is the ward that was loaded."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from matching.models import Shortlist
from organisations.models import Role
from tests.browser.kept import Kept
from volunteers.models import Volunteer
from volunteers.sample import ward

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def _counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_nothing_of_the_ward_is_missing(site: str, kept_ward: Kept) -> None:
    assert set(kept_ward.ward.volunteer_ids.values()) == set(Volunteer.objects.values_list("pk", flat=True))
    assert Shortlist.objects.exists()
    before = _counts()
    assert ward.load(now=timezone.now()).role_ids == kept_ward.ward.role_ids
    assert _counts() == before


def test_new_rows_come_after_the_kept_ones(site: str) -> None:
    role = Role.objects.latest("pk")
    last, role.pk = role.pk, None
    role._state.adding = True
    role.save()
    assert role.pk > last


def test_what_cannot_be_changed_still_cannot(site: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.update(action="x")
