"""What comes round every week: begun once, and ended once."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from organisations.services.times import repeats
from volunteers.services.changing import repeat_ends
from web.organisation import size_kept
from web.organisation.forms.repeat import RepeatForm
from web.organisation.forms.times import field_of
from web.organisation.own import repeat_of, role_of
from web.page import act
from web.permissions import guarded
from web.signed_in import person


@never_cache
@guarded(GET="repeats.begin", POST="repeats.begin")
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """What comes round so far, and one more."""
    role = role_of(request, pk, "repeats.begin")
    usual = {"capacity": size_kept.of(request, role)["capacity"], "interval": 1, "skips_holidays": True}
    form = RepeatForm(request.POST if request.method == "POST" else None, initial=usual)

    def begin() -> str:
        made = repeats.begin(role=role, now=timezone.now(), actor=person(request), **form.answers())
        messages.success(request, _("「%(words)s」の日時を足しました。") % {"words": repeats.in_words(made)})
        return reverse("organisation:when", args=[role.pk])

    running = [(one, repeats.in_words(one)) for one in role.repeats.filter(ended_at=None).order_by("first_starts_at")]
    context = {"role": role, "running": running}
    return act(request, "organisation/steps/repeat.html", form=form, deed=begin, context=context, field_of=field_of)


@never_cache
@guarded(GET="repeats.end", POST="repeats.end")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    one = repeat_of(request, pk, "repeats.end")

    def stop() -> str:
        gone = repeat_ends.end(repeat=one, now=timezone.now(), actor=person(request))
        ended = ngettext(
            "くり返しをやめました。これからの%(count)d回をけしました。",
            "くり返しをやめました。これからの%(count)d回をけしました。",
            gone,
        )
        messages.success(request, ended % {"count": gone})
        return reverse("organisation:role", args=[one.role_id])

    form = Form(request.POST if request.method == "POST" else None)
    count = repeat_ends.empty(one, now=timezone.now())
    context = {"role": one.role, "words": repeats.in_words(one), "count": count}
    return act(request, "organisation/end_repeat.html", form=form, deed=stop, context=context)
