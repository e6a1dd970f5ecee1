"""「力になれます」 to what a neighbourhood needs, and taking it back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from organisations.models import Need
from volunteers.models import Pledge
from volunteers.services import pledges
from web.fields import TextField
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.people import no_profile, profile_of

OF_NEED = ("town", "district", "desk__organisation__town")


class PledgeForm(forms.Form):
    note = TextField(
        label=gettext_lazy("窓口の方へのひとこと"),
        max_length=pledges.LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("なくても大丈夫です。例: 土曜の午前なら行けます。道具も持っています。"),
    )


@never_cache
@guarded(GET="account.see", POST="needs.pledge")
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    need = get_object_or_404(Need.objects.public().select_related(*OF_NEED), pk=pk)
    user = person(request)
    volunteer = profile_of(user)
    if volunteer is None:
        return no_profile(request)
    require(user, "needs.pledge", need)
    form = PledgeForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        pledges.pledge(volunteer=volunteer, need=need, now=timezone.now(), actor=user, **form.cleaned_data)
        messages.success(request, _("受け取りました。ありがとうございます。活動になったら、お知らせします。"))
        return reverse("volunteer:places")

    context = {"need": need, "desks": [need.desk], "town": need.town}
    return act(request, "volunteer/pledge.html", form=form, deed=deed, context=context)


@never_cache
@guarded(GET="pledges.see", POST="pledges.withdraw")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Pledge.objects.alive().select_related("volunteer", "need__town", "need__district")
    row = get_object_or_404(rows, pk=pk, volunteer__user=person(request))
    require(request.user, "pledges.withdraw", row)

    def deed() -> str:
        pledges.withdraw(pledge=row, now=timezone.now(), actor=person(request))
        messages.success(request, _("とりやめました。知らせてくださり、ありがとうございます。"))
        return reverse("volunteer:places")

    form = forms.Form(request.POST if request.method == "POST" else None)
    return act(request, "volunteer/pledge_withdraw.html", form=form, deed=deed, context={"need": row.need})
