"""Thanking everybody who came, in one go."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from volunteers.models import Thanks
from volunteers.services.attendance import thanks
from web.fields import TextField
from web.organisation.days import called, shell, slot_for
from web.page import act
from web.permissions import guarded
from web.signed_in import person

READY = _(
    "先日はお手伝いくださり、ありがとうございました。おかげさまで、とても助かりました。"
    "またお会いできるのを楽しみにしています。"
)


class ThanksForm(forms.Form):
    text = TextField(
        label=_("お礼のことば"),
        max_length=thanks.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("このまま送っても、書きかえてもかまいません。"),
    )


@never_cache
@guarded(GET="slots.thank", POST="slots.thank")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    slot = slot_for(request, pk, "slots.thank")
    form = ThanksForm(request.POST if request.method == "POST" else None, initial={"text": READY})

    def deed() -> str:
        count = thanks.give(slot=slot, text=form.cleaned_data["text"], now=timezone.now(), actor=person(request))
        said = ngettext("%(count)d組の方にお礼を送りました。", "%(count)d組の方にお礼を送りました。", count)
        messages.success(request, said % {"count": count})
        return reverse("organisation:thanks", args=[slot.pk])

    given = (
        Thanks.objects.filter(placement__slot=slot).select_related("placement__volunteer__user").order_by("at", "pk")
    )
    context = {
        **shell(request, slot),
        "waiting": [called(row.volunteer) for row in thanks.waiting(slot)],
        "given": [(called(row.placement.volunteer), row.text) for row in given],
    }
    return act(request, "organisation/on_the_day/thanks.html", form=form, deed=deed, context=context)
