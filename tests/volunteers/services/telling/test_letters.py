from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy as _

from notifications.models import Channel, Notification
from tests.factories import NOW, JuniorFactory, OrganisationFactory, SlotFactory, UserFactory, VolunteerFactory
from volunteers.services.telling import letters

pytestmark = pytest.mark.django_db
REMINDER = letters.Kind(
    "reminder", _("参加が決まりました:%(role)s"), _("参加が決まりました。"), lambda _row, _now: True
)
PLAIN = letters.Kind("plain", _("お知らせ"), _("新しい申し込みがあります。"))


def test_a_kind_of_another_module_names_the_slot_and_leads_where_it_says() -> None:
    slot, user = SlotFactory(role__title="駅前の花だん"), UserFactory()
    letters.write(REMINDER, [user], slot, NOW, path="/my/places/")
    told = Notification.objects.get(user=user)
    assert told.kind == "reminder"
    assert "駅前の花だん" in told.title
    assert "駅前の花だん" in told.body
    assert told.url.endswith("/my/places/")
    assert told.about == {"slot": slot.pk}


def test_somebodys_own_words_come_last_and_as_they_are() -> None:
    user = UserFactory()
    letters.write(PLAIN, [user], SlotFactory(), NOW, path="/my/record/", quoted="100% %(role)s")
    assert Notification.objects.get(user=user).body.endswith("\n\n100% %(role)s")


def test_a_letter_about_something_without_a_slot_names_no_role() -> None:
    organisation, user = OrganisationFactory(), UserFactory()
    letters.write(PLAIN, [user], organisation, NOW, path="/organisation/")
    told = Notification.objects.get(user=user)
    assert told.title == "お知らせ"
    assert told.about == {"organisation": organisation.pk}


def test_the_same_is_said_once_and_something_else_again() -> None:
    slot, user = SlotFactory(), UserFactory()
    for about in ("", "", "9:00", "10:00"):
        letters.write(REMINDER, [user], slot, NOW, path="/my/places/", about=about)
    assert Notification.objects.filter(user=user).count() == 3


def test_the_young_are_spoken_to_by_a_coordinator_whoever_writes() -> None:
    slot, young, grown = SlotFactory(), JuniorFactory(), VolunteerFactory()
    letters.write(REMINDER, [young.user, grown.user], slot, NOW, path="/my/places/")
    by_phone = Notification.objects.filter(channel=Channel.CALL_LIST)
    assert [told.user for told in by_phone] == [young.user]


def test_only_what_can_become_untrue_is_looked_at_again() -> None:
    assert set(letters.still_right(REMINDER, PLAIN)) == {"reminder"}
