"""Both sides tell what came of their cooperation; it is public while both agree."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from organisations.models import CasePhoto, CaseStudy
from tests.factories import CaseStudyFactory, CooperationFactory, MembershipFactory
from tests.web.conftest import said, send, signed_in
from tests.web.objects.cases import DONE
from web.organisation.forms.cases import PHOTO_TEXT


@pytest.fixture
def case() -> CaseStudy:
    made: CaseStudy = CaseStudyFactory(title="食堂が茶話会に")
    return made


@pytest.fixture
def giver(case: CaseStudy) -> Client:
    return signed_in(MembershipFactory(organisation=case.cooperation.offer.organisation).user)


@pytest.fixture
def host(case: CaseStudy) -> Client:
    return signed_in(MembershipFactory(organisation=case.cooperation.host).user)


def agree(client: Client, case: CaseStudy, **more: str) -> str:
    case.refresh_from_db()
    return said(send(client, f"/organisation/cases/{case.pk}/", seen_at=case.changed_at.isoformat(), **more), 302)


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(file, "JPEG")
    return SimpleUploadedFile("garden.jpg", file.getvalue(), "image/jpeg")


def test_from_the_cooperation_to_the_draft() -> None:
    done = CooperationFactory(**DONE)
    member = signed_in(MembershipFactory(organisation=done.host).user)
    assert done.offer.title in said(member.get(f"/organisation/{done.host_id}/cases/"))
    assert "下書きを作る" in said(member.get(f"/organisation/cooperations/{done.pk}/case/"))
    send(member, f"/organisation/cooperations/{done.pk}/case/")
    made = CaseStudy.objects.get(cooperation=done)
    assert made.title in said(member.get(f"/organisation/{done.host_id}/cases/"))
    assert member.get(f"/organisation/cooperations/{CooperationFactory(host=done.host).pk}/case/").status_code == 404


def test_public_when_both_have_agreed(case: CaseStudy, giver: Client, host: Client) -> None:
    agree(giver, case)
    assert Client().get(f"/cases/{case.pk}/").status_code == 404
    agree(host, case)
    assert "食堂が茶話会に" in said(Client().get(f"/cases/{case.pk}/"))
    assert "食堂が茶話会に" in said(Client().get("/cases/"))
    agree(giver, case, go="back")
    assert Client().get(f"/cases/{case.pk}/").status_code == 404


def test_nobody_agrees_to_what_they_have_not_read(case: CaseStudy, giver: Client, host: Client) -> None:
    before = case.changed_at.isoformat()
    words = {"title": case.title, "before": case.before, "who": case.who, "what": case.what, "result": "30人です。"}
    send(host, f"/organisation/cases/{case.pk}/edit/", **words)
    assert "もう一度読んでから" in said(send(giver, f"/organisation/cases/{case.pk}/", seen_at=before), 409)
    assert "もう一度読んでから" in said(send(giver, f"/organisation/cases/{case.pk}/", seen_at="x"), 409)
    assert "30人です。" in said(giver.get(f"/organisation/cases/{case.pk}/"))


def test_a_photo_is_seen_by_whoever_may_read_it(case: CaseStudy, giver: Client, host: Client) -> None:
    path = f"/organisation/cases/{case.pk}/photos/"
    assert str(PHOTO_TEXT) in said(giver.get(path))
    assert "了解を確かめて" in said(send(giver, path, photo=picture(), description="庭"), 400)
    assert send(giver, path, photo=picture(), description="庭", has_consent="on").status_code == 302
    photo = CasePhoto.objects.get()
    assert photo.consent_text == str(PHOTO_TEXT)
    address = f"/cases/{case.pk}/photos/{photo.pk}.jpg"
    assert Client().get(address).status_code == 404
    seen = host.get(address)
    assert (seen["Content-Type"], seen["Cache-Control"]) == ("image/jpeg", "private, no-store")
    agree(giver, case)
    agree(host, case)
    public = Client().get(address)
    assert (public.status_code, public["Cache-Control"]) == (200, "public, max-age=300")
    assert 'alt="庭"' in said(Client().get(f"/cases/{case.pk}/"))
    send(host, f"/organisation/cases/{case.pk}/photos/{photo.pk}/remove/")
    assert Client().get(address).status_code == 404
    assert not CasePhoto.objects.exists()


def test_what_is_no_photo_is_said(case: CaseStudy, giver: Client) -> None:
    sent = SimpleUploadedFile("x.jpg", b"<svg/>", "image/jpeg")
    path = f"/organisation/cases/{case.pk}/photos/"
    assert "写真として読めません" in said(send(giver, path, photo=sent, description="庭", has_consent="on"), 409)
    assert not CasePhoto.objects.exists()


def test_others_find_nothing(case: CaseStudy) -> None:
    other = signed_in(MembershipFactory().user)
    for path in ("", "edit/", "photos/"):
        assert other.get(f"/organisation/cases/{case.pk}/{path}").status_code == 404
