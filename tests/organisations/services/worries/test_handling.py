"""From the first word to being forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from accounts.services import consents, retention
from notifications.models import Notification
from organisations.models import Town, Worry
from organisations.models.worry import Reach, ReferralResult, Via, WorryOutcome
from organisations.services import words
from organisations.services.retention import RULES, WORDS_KEPT_FOR
from organisations.services.worries import beyond, handling, receipts, referrals, sealing
from organisations.services.worries.handling import Contents
from tests.factories import NOW, DeskMembershipFactory, TownFactory, UserFactory, WorryFactory, at

pytestmark = pytest.mark.django_db
LAST = dt.timedelta(seconds=59, microseconds=999999)  # of the day's last minute
TOLD = Contents("草が伸びて困っています", Reach.PHONE, "045-000-0000", "みどり")


@pytest.fixture
def town() -> Town:
    town: Town = TownFactory()
    return town


@pytest.fixture
def coordinator(town: Town) -> User:
    user: User = DeskMembershipFactory(desk__towns=[town]).user
    return user


def send(town: Town, contents: Contents = TOLD, **more: Any) -> Worry:
    given = {"receipt": receipts.draw(), "consent_text": "読むことに同意します", "now": NOW, **more}
    return handling.receive(town=town, contents=contents, **given)


def audited(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def test_a_receipt_can_be_read_out_and_says_nothing() -> None:
    drawn = {receipts.draw() for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(one) == 9 and not set(one) - {*receipts.LETTERS, "-"} for one in drawn)
    assert not set("0OQ1IL2Z5S6G8BUV") & set(receipts.LETTERS)


def test_what_arrives_is_sealed_and_told_by_its_number_alone(town: Town, coordinator: User) -> None:
    worry = send(town)
    worry.refresh_from_db()
    assert worry.answer_by == at(2, 23, 59) + LAST  # Monday, and two working days
    assert sealing.unseal(worry.sealed or b"")["words"] == TOLD.words
    assert (worry.consent_text, worry.consented_at, worry.typed_in_by) == ("読むことに同意します", NOW, None)
    letter = Notification.objects.get()
    assert (letter.user, letter.kind, letter.about) == (coordinator, "worry_arrived", {"worry": worry.pk})
    assert worry.receipt in letter.title
    assert "3月3日(水)までに連絡する約束です" in letter.body
    for said in (letter.title, letter.body, letter.url):
        assert not any(part in said for part in (TOLD.words, TOLD.contact, TOLD.name, town.name))


def test_on_a_friday_evening_holidays_count(town: Town, coordinator: User) -> None:
    friday = at(18, 18)  # 19 March 2027; the 22nd stands in for a holiday on a Sunday
    assert send(town, now=friday).answer_by == at(23, 23, 59) + LAST


def test_sent_twice_it_arrives_once(town: Town, coordinator: User) -> None:
    first = send(town, receipt="ACDE-3479")
    again = send(town, receipt="ACDE-3479")
    assert first == again
    assert (Worry.objects.count(), Notification.objects.count(), audited("worry.receive")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("contents", "refusal"),
    [
        (Contents(" ", Reach.PHONE, "0450000000"), words.TextMissing),
        (Contents("あ" * 2001, Reach.PHONE, "0450000000"), words.TextTooLong),
        (Contents("あ\x00", Reach.PHONE, "0450000000"), words.UnreadableText),
        (Contents("あ", Reach.PHONE, "1234"), handling.CannotBeReached),
        (Contents("あ", Reach.EMAIL, "midori"), handling.CannotBeReached),
        (Contents("あ", Reach.LINE, ""), handling.CannotBeReached),
        (Contents("あ", "pigeon", "x"), handling.CannotBeReached),
    ],
)
def test_what_nobody_could_answer_is_refused(
    town: Town, coordinator: User, contents: Contents, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        send(town, contents)
    assert Worry.objects.count() == 0


def test_wide_digits_are_a_telephone_and_a_visit_needs_no_address(town: Town, coordinator: User) -> None:
    send(town, Contents("あ", Reach.PHONE, "０４５ー０００ー００００"))
    send(town, Contents("あ", Reach.VISIT))
    send(town, Contents("あ", Reach.EMAIL, "midori@yaritai.example"))


def test_without_consent_or_without_anybody_there_nothing_is_kept(town: Town, coordinator: User) -> None:
    with pytest.raises(consents.TextMissing):
        send(town, consent_text=" ")
    with pytest.raises(handling.NobodyThere):
        send(TownFactory())


def test_typed_in_by_a_coordinator_of_the_town_alone(town: Town, coordinator: User) -> None:
    colleague = DeskMembershipFactory(desk__towns=[town]).user
    worry = send(town, via=Via.PHONE, actor=coordinator)
    assert (worry.via, worry.typed_in_by) == (Via.PHONE, coordinator)
    assert [letter.user for letter in Notification.objects.all()] == [colleague]
    with pytest.raises(handling.NotYourArea):
        send(town, via=Via.PHONE, actor=DeskMembershipFactory().user)


def test_each_reading_leaves_a_line(town: Town, coordinator: User) -> None:
    worry = send(town)
    for _ in range(2):
        assert handling.read(worry=worry, now=NOW, actor=coordinator) == TOLD
    lines = AuditEntry.objects.filter(action="looked_at", target_id=str(worry.pk))
    assert [(line.actor, line.detail) for line in lines] == [(coordinator, {"through": "worry"})] * 2


def test_nobody_else_reads_or_acts(town: Town, coordinator: User) -> None:
    worry = send(town)
    for other in (DeskMembershipFactory().user, UserFactory(is_staff=True, is_superuser=True)):
        with pytest.raises(handling.NotYourArea):
            handling.read(worry=worry, now=NOW, actor=other)
        with pytest.raises(handling.NotYourArea):
            handling.answered(worry=worry, now=NOW, actor=other)
        with pytest.raises(referrals.NotYours):
            referrals.refer(worry=worry, place="区役所", now=NOW, actor=other)
    assert audited("looked_at") == 0


def test_answered_once_then_closed_once(town: Town, coordinator: User) -> None:
    worry = send(town)
    with pytest.raises(handling.NotAnsweredYet):
        handling.close(worry=worry, outcome=WorryOutcome.SOLVED, now=NOW, actor=coordinator)
    handling.answered(worry=worry, now=NOW, actor=coordinator)
    later = handling.answered(worry=worry, now=at(1, 9), actor=coordinator)
    assert (later.answered_at, later.answered_by) == (NOW, coordinator)
    kept = handling.keep(worry=worry, now=at(1, 9), actor=coordinator)
    assert (kept.closed_at, kept.outcome) == (at(1, 9), WorryOutcome.KEPT)
    with pytest.raises(handling.AlreadyClosed):
        handling.close(worry=worry, outcome=WorryOutcome.SOLVED, now=NOW, actor=coordinator)


def test_who_cannot_be_reached_can_be_closed(town: Town, coordinator: User) -> None:
    closed = handling.close(worry=send(town), outcome=WorryOutcome.UNREACHABLE, now=NOW, actor=coordinator)
    assert closed.answered_at is None


@pytest.mark.parametrize("kind", beyond.Beyond)
def test_what_is_beyond_this_service_is_refused_with_the_right_desk(
    town: Town, coordinator: User, kind: beyond.Beyond
) -> None:
    worry = send(town)
    refused = handling.refuse(worry=worry, beyond=kind, now=NOW, actor=coordinator)
    assert (refused.outcome, refused.answered_at, refused.closed_at) == (WorryOutcome.REFUSED, NOW, NOW)
    assert refused.referrals.get().place == str(beyond.INSTEAD[kind].desk)
    assert len(str(beyond.INSTEAD[kind].desk)) <= referrals.LONGEST_PLACE
    assert AuditEntry.objects.get(action="worry.close").detail == {"outcome": "refused", "beyond": kind.value}


def test_passing_on_says_where_and_later_what_came_of_it(town: Town, coordinator: User) -> None:
    worry, desk = send(town), DeskMembershipFactory().desk
    referral = referrals.refer(worry=worry, desk=desk, now=NOW, actor=coordinator)
    assert (referral.result, referral.result_at) == ("told", None)
    known = referrals.came_of(referral=referral, result=ReferralResult.TAKEN, now=at(3, 9), actor=coordinator)
    assert (known.result, known.result_at) == ("taken", at(3, 9))
    for both in ({"desk": desk, "place": "区役所"}, {}, {"place": " "}):
        with pytest.raises(referrals.OnePlace):
            referrals.refer(worry=worry, now=NOW, actor=coordinator, **both)
    with pytest.raises(referrals.NotYours):
        referrals.came_of(referral=referral, result=ReferralResult.TAKEN, now=NOW, actor=DeskMembershipFactory().user)


def test_the_words_are_forgotten_a_while_after_the_end_and_not_before(town: Town, coordinator: User) -> None:
    open_, closed = send(town), send(town)
    handling.close(worry=closed, outcome=WorryOutcome.UNREACHABLE, now=NOW, actor=coordinator)
    retention.forget(RULES, now=NOW + WORDS_KEPT_FOR)
    assert Worry.objects.filter(sealed=None).count() == 0
    later = NOW + WORDS_KEPT_FOR + dt.timedelta(seconds=1)
    retention.forget(RULES, now=later)
    assert list(Worry.objects.filter(sealed=None, forgotten_at=later)) == [closed]
    with pytest.raises(handling.Forgotten):
        handling.read(worry=Worry.objects.get(pk=closed.pk), now=later, actor=coordinator)
    retention.forget(RULES, now=NOW + dt.timedelta(days=6 * 365))
    assert list(Worry.objects.all()) == [open_]


def test_a_seal_that_no_key_opens_is_said(town: Town, coordinator: User) -> None:
    worry = WorryFactory(town=town, sealed=b"gAAAA")
    with pytest.raises(sealing.CannotOpen):
        handling.read(worry=worry, now=NOW, actor=coordinator)
