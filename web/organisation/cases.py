"""Telling what came of a cooperation: both sides write, and it is public while both agree."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from organisations.models import CasePhoto, CaseStudy, Cooperation, Organisation
from organisations.models.cooperation import CooperationStatus
from organisations.services.made_public import case_studies, photos
from web.organisation.forms.cases import PHOTO_TEXT, PhotoForm, StoryForm
from web.organisation.own import organisation_of
from web.organisation.seen import seen_at
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

SHOWN = 50
WITH_SIDES = ("cooperation__offer__organisation", "cooperation__host")
BACK = "back"


@never_cache
@guarded(GET="organisations.see_own")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The stories of one organisation, and the cooperations that nobody has told of."""
    organisation = organisation_of(request, pk, "organisations.see_own")
    done = (
        _of(organisation)
        .filter(status=CooperationStatus.DONE, case_study=None)
        .select_related("offer__organisation", "host")
    )
    context = {
        "organisation": organisation,
        "cases": CaseStudy.objects.filter(cooperation__in=_of(organisation)).select_related(*WITH_SIDES)[:SHOWN],
        "untold": done[:SHOWN],
    }
    return render(request, "organisation/cases/index.html", context)


@never_cache
@guarded(GET="cases.tell", POST="cases.tell")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    own = Cooperation.objects.of(user).filter(status=CooperationStatus.DONE)
    cooperation = get_object_or_404(own.select_related("offer__organisation", "host"), pk=pk)
    require(user, "cases.tell", cooperation)

    def deed() -> str:
        made = case_studies.draft_from(cooperation=cooperation, now=timezone.now(), actor=user)
        return reverse("organisation:edit_case", args=[made.pk])

    side = _own_sides(user, cooperation)[0]
    context = {"cooperation": cooperation, "back": reverse("organisation:cases", args=[side.pk])}
    form = forms.Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/cases/begin.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="cases.tell", POST="cases.agree")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The story as it would be read, with the answer of one's own side."""
    case, user = _case(request, pk, "cases.tell"), person(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    sides = {side: one for side, one in case_studies.organisations_of(case).items() if one in _own_sides(user, case)}

    def deed() -> str:
        require(user, "cases.agree", case)
        now, read_at = timezone.now(), seen_at(request)
        for side in sides:
            if request.POST.get("go") == BACK:
                case_studies.withdraw(case=case, side=side, now=now, actor=user)
            else:
                case_studies.agree(case=case, side=side, seen_at=read_at, now=now, actor=user)
        messages.success(request, _("お返事を受け取りました。"))
        return reverse("organisation:case", args=[case.pk])

    context = {
        "case": case,
        "photos": case.photos.defer("jpeg").order_by("pk"),
        "sides": [
            (one, getattr(case, f"{side}_agreed_at")) for side, one in case_studies.organisations_of(case).items()
        ],
        "has_agreed": all(getattr(case, f"{side}_agreed_at") for side in sides),
        "seen_at": case.changed_at.isoformat(),
        "organisation": next(iter(sides.values())),
    }
    return act(request, "organisation/cases/show.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="cases.tell", POST="cases.tell")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    case = _case(request, pk, "cases.tell")
    written = {name: getattr(case, name) for name in case_studies.WORDS}
    form = StoryForm(request.POST if request.method == "POST" else None, initial=written)

    def deed() -> str:
        case_studies.change(case=case, now=timezone.now(), actor=person(request), **form.cleaned_data)
        messages.success(request, _("保存しました。"))
        return reverse("organisation:case", args=[case.pk])

    return act(request, "organisation/cases/edit.html", form=form, deed=deed, context={"case": case})


@never_cache
@guarded(GET="cases.tell", POST="cases.tell")
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    case, is_sent = _case(request, pk, "cases.tell"), request.method == "POST"
    form = PhotoForm(request.POST if is_sent else None, request.FILES if is_sent else None)

    def deed() -> str:
        content = form.cleaned_data["photo"].read(photos.LARGEST_BYTES + 1)
        description, now = form.cleaned_data["description"], timezone.now()
        photos.add(
            case=case,
            content=content,
            description=description,
            consent_text=str(PHOTO_TEXT),
            now=now,
            actor=person(request),
        )
        messages.success(request, _("写真をのせました。"))
        return reverse("organisation:case", args=[case.pk])

    return act(request, "organisation/cases/photo.html", form=form, deed=deed, context={"case": case})


@never_cache
@guarded(GET="cases.tell", POST="cases.tell")
def remove_photo(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    case = _case(request, pk, "cases.tell")
    photo = get_object_or_404(
        CasePhoto.objects.select_related("case_study").defer("jpeg"), pk=photo_pk, case_study=case
    )

    def deed() -> str:
        photos.remove(photo=photo, now=timezone.now(), actor=person(request))
        messages.success(request, _("写真を消しました。"))
        return reverse("organisation:case", args=[case.pk])

    form = forms.Form(request.POST if request.method == "POST" else None)
    context = {"case": case, "photo": photo}
    return act(request, "organisation/cases/remove_photo.html", form=form, deed=deed, context=context)


def _case(request: HttpRequest, pk: int, rule: str) -> CaseStudy:
    user = person(request)
    own = CaseStudy.objects.filter(cooperation__in=Cooperation.objects.of(user))
    found = get_object_or_404(own.select_related(*WITH_SIDES), pk=pk)
    require(user, rule, found)
    return found


def _of(organisation: Organisation) -> QuerySet[Cooperation]:
    return Cooperation.objects.filter(Q(offer__organisation=organisation) | Q(host=organisation))


def _own_sides(user: User, told: Cooperation | CaseStudy) -> list[Organisation]:
    """Return the sides that *user* acts for: one, or both where they are the same people."""
    cooperation = told if isinstance(told, Cooperation) else told.cooperation
    sides = (cooperation.offer.organisation_id, cooperation.host_id)
    return list(Organisation.objects.of(user).filter(pk__in=sides))
