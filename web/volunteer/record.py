"""What somebody has done: hours and times by year, the thanks for it, and a certificate to print."""

from __future__ import annotations

import re

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.cache import never_cache

from accounts.models.user import Language
from accounts.services.people import LONGEST_NAME
from matching import explanations
from organisations.publicity.paper import CannotPrint
from organisations.services.coordinating import desks
from volunteers.models import Placement, Volunteer
from volunteers.papers import certificate as papers
from volunteers.services.attendance import hours
from volunteers.services.attendance.hours import Record
from volunteers.services.conditions import COORDINATOR_UNDER
from web.fields import TextField
from web.nothing import NO_RECORD
from web.permissions import guarded, require
from web.signed_in import person
from web.unreported import unreported


class NameForm(forms.Form):
    name = TextField(
        label=gettext_lazy("証明書にのせる名前"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("学校や会社に出すときは、戸籍や住民票の名前がよいかもしれません。ここには残りません。"),
    )


@never_cache
@guarded(GET="record.see")
def show(request: HttpRequest) -> HttpResponse:
    volunteer = _volunteer(request)
    record = hours.of(volunteer, now=timezone.now())
    year = _year(request.GET) or next(iter(record.years), timezone.localdate().year)
    return _page(request, volunteer, record, year, NameForm(initial={"name": volunteer.user.name}))


@never_cache
@guarded(POST="record.see")
@unreported
def certificate(request: HttpRequest) -> HttpResponse:
    """The certificate of one year; nothing of it is kept, not even the name, which stands in no address either."""
    volunteer, year = _volunteer(request), _year(request.POST)
    record = hours.of(volunteer, now=timezone.now())
    if year is None or not record.of_year(year).times:
        return redirect("volunteer:record")
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, volunteer, record, year, form, status=400)
    try:
        with override(Language.of_page()):  # it is handed to others
            file = papers.pdf(_certificate(record.of_year(year), year, form.cleaned_data["name"]), now=timezone.now())
    except CannotPrint as refusal:
        form.add_error("name", str(refusal))
        return _page(request, volunteer, record, year, form, status=409)
    headers = {"Content-Disposition": f'attachment; filename="yaritai-{year}.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _page(
    request: HttpRequest, volunteer: Volunteer, record: Record, year: int, form: NameForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    coming = Placement.objects.active().filter(volunteer=volunteer, slot__ends_at__gt=now)
    context = {
        "record": record,
        "of_year": record.of_year(year),
        "year": year,
        "form": form,
        "coming": coming.count(),
        "is_young": volunteer.age(timezone.localdate(now)) < COORDINATOR_UNDER,
        "nothing": NO_RECORD,
        "desks": desks.for_town(volunteer.town),
        "town": volunteer.town,
    }
    return render(request, "volunteer/record.html", context, status=status)


def _volunteer(request: HttpRequest) -> Volunteer:
    found = get_object_or_404(Volunteer.objects.select_related("user", "town"), user=person(request))
    require(request.user, "record.see", found)
    return found


def _year(answers: QueryDict) -> int | None:
    asked = answers.get("year")
    if asked is None:
        return None
    if not re.fullmatch(r"20[0-9]{2}", asked):
        raise Http404
    return int(asked)


def _certificate(record: Record, year: int, name: str) -> papers.Certificate:
    came = [line for line in reversed(record.lines) if line.came]
    organisations = {line.slot.role.organisation_id: line.slot.role.organisation for line in came}
    return papers.Certificate(
        name=name,
        period=_("%(year)s年") % {"year": year},
        rows=[
            papers.Row(
                day=explanations.day(timezone.localtime(line.slot.starts_at)),
                title=line.slot.role.label,
                organisation=line.slot.role.organisation.name,
                lasts=explanations.length(line.written.minutes) if line.written else "",
                by_code=line.written is not None and line.written.by_code,
            )
            for line in came
        ],
        times=ngettext("%(count)d回", "%(count)d回", record.times) % {"count": record.times},
        lasts=explanations.length(record.minutes),
        issued_on=explanations.day_of_year(timezone.localdate()),
        confirmed_by=[f"{one.name} {one.phone}".strip() for one in organisations.values()],
        in_company=record.in_company,
    )
