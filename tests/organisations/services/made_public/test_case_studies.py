"""A cooperation is told to others: from what is known, in words that both sides agree to, and no longer than that."""

from __future__ import annotations

import datetime as dt

import pytest

from notifications.models import Notification
from organisations.models import CaseStudy
from organisations.models.cooperation import CooperationStatus, Side
from organisations.services.made_public import case_studies
from tests.factories import NOW, CaseStudyFactory, CooperationFactory, MembershipFactory, NeedFactory, UserFactory, at

pytestmark = pytest.mark.django_db

DONE = {
    "status": CooperationStatus.DONE,
    **{f"{side}_agreed_at": NOW for side in Side.values},
    "agreed_at": NOW,
    "done_at": NOW,
}
LATER = NOW + dt.timedelta(hours=1)


def agree(case: CaseStudy, side: str) -> CaseStudy:
    return case_studies.agree(case=case, side=side, seen_at=case.changed_at, now=NOW, actor=None)


@pytest.fixture
def public() -> CaseStudy:
    made = CaseStudyFactory()
    agree(made, Side.OFFER)
    return agree(made, Side.HOST)


class TestDrafting:
    def test_what_is_known_is_filled_in(self) -> None:
        done = CooperationFactory(
            **DONE,
            offer__organisation__name="見本食堂",
            offer__title="定休日の食堂",
            host__name="見本自治会",
            need=NeedFactory(summary="集まる場所がありません。"),
            purpose="月に1回の茶話会",
            starts_at=at(5, 9),
            ends_at=at(5, 11),
        )
        actor = UserFactory()
        made = case_studies.draft_from(cooperation=done, now=NOW, actor=actor)
        assert made.title == "見本食堂 × 見本自治会"
        assert made.before == "集まる場所がありません。"
        assert made.who == "見本食堂(提供)と見本自治会"
        assert made.what.splitlines() == [
            "見本食堂の「定休日の食堂」を、見本自治会が使いました。",
            "月に1回の茶話会",
            "3月6日(土) 9:00〜11:00",
        ]
        assert (made.result, made.published_at, made.changed_by) == ("", None, actor)

    def test_once_and_only_of_what_is_done(self) -> None:
        done = CooperationFactory(**DONE)
        made = case_studies.draft_from(cooperation=done, now=NOW, actor=None)
        assert case_studies.draft_from(cooperation=done, now=LATER, actor=None) == made
        with pytest.raises(case_studies.NotDone):
            case_studies.draft_from(cooperation=CooperationFactory(), now=NOW, actor=None)

    def test_long_names_and_words_fit(self) -> None:
        done = CooperationFactory(
            **DONE, offer__organisation__name="あ" * 80, host__name="い" * 80, need=NeedFactory(summary="う" * 1999)
        )
        made = case_studies.draft_from(cooperation=done, now=NOW, actor=None)
        made.full_clean(exclude=["result"])

    def test_both_sides_hear_of_it(self) -> None:
        done = CooperationFactory(**DONE)
        sides = [MembershipFactory(organisation=one).user for one in (done.offer.organisation, done.host)]
        case_studies.draft_from(cooperation=done, now=NOW, actor=None)
        told = Notification.objects.filter(kind="case_drafted")
        assert {one.user for one in told} == set(sides)


class TestAgreeing:
    def test_public_when_both_have(self) -> None:
        case = CaseStudyFactory()
        assert agree(case, Side.OFFER).published_at is None
        assert agree(case, Side.HOST).published_at == NOW
        assert list(CaseStudy.objects.public()) == [case]

    def test_one_side_twice_is_not_both(self) -> None:
        case = CaseStudyFactory()
        agree(case, Side.OFFER)
        assert agree(case, Side.OFFER).published_at is None

    def test_only_to_the_words_that_were_read(self) -> None:
        case = CaseStudyFactory()
        case_studies.change(case=case, result="もっと集まりました。", now=LATER, actor=None)
        with pytest.raises(case_studies.ChangedMeanwhile):
            agree(case, Side.OFFER)

    @pytest.mark.parametrize("field", ["before", "who", "what", "result"])
    def test_not_to_half_a_story(self, field: str) -> None:
        with pytest.raises(case_studies.TellsTooLittle):
            agree(CaseStudyFactory(**{field: ""}), Side.HOST)


class TestChanging:
    def test_both_sides_are_asked_again(self, public: CaseStudy) -> None:
        case_studies.choose(case=public, is_chosen=True, now=NOW, actor=None)
        changed = case_studies.change(case=public, result="もっと集まりました。", now=LATER, actor=None)
        changed.refresh_from_db()
        assert (changed.offer_agreed_at, changed.host_agreed_at, changed.published_at) == (None, None, None)
        assert (changed.is_chosen, changed.changed_at, changed.result) == (False, LATER, "もっと集まりました。")

    def test_the_same_words_change_nothing(self, public: CaseStudy) -> None:
        case_studies.change(case=public, result=f" {public.result} ", now=LATER, actor=None)
        public.refresh_from_db()
        assert (public.published_at, public.changed_at) == (NOW, NOW)

    @pytest.mark.parametrize("side", [Side.OFFER, Side.HOST])
    def test_either_side_may_step_back(self, public: CaseStudy, side: str) -> None:
        case_studies.withdraw(case=public, side=side, now=LATER, actor=None)
        public.refresh_from_db()
        assert public.published_at is None
        assert agree(public, side).published_at is not None


class TestTheCoordinator:
    def test_takes_it_down_and_both_hear_why(self, public: CaseStudy) -> None:
        member = MembershipFactory(organisation=public.cooperation.host).user
        case_studies.take_down(case=public, reason="お名前が出ています。", now=LATER, actor=None)
        public.refresh_from_db()
        assert (public.published_at, public.offer_agreed_at, public.host_agreed_at) == (None, None, None)
        assert "お名前が出ています。" in Notification.objects.get(user=member, kind="case_taken_down").body
        with pytest.raises(case_studies.NotPublic):
            case_studies.take_down(case=public, reason="", now=LATER, actor=None)

    def test_chooses_for_the_book_what_is_public(self, public: CaseStudy) -> None:
        assert case_studies.choose(case=public, is_chosen=True, now=NOW, actor=None).is_chosen
        assert not case_studies.choose(case=public, is_chosen=False, now=NOW, actor=None).is_chosen
        with pytest.raises(case_studies.NotPublic):
            case_studies.choose(case=CaseStudyFactory(), is_chosen=True, now=NOW, actor=None)
