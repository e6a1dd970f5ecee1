"""Who asks to come and who comes to a role of one's organisation; saying yes and saying no."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from organisations.models import Organisation, Role
from organisations.services.coordinating import desks
from volunteers.models import Application
from volunteers.services.taking_part import applications, clock
from volunteers.services.taking_part.applications import LONGEST_REASON
from volunteers.services.taking_part.regrets import READY
from volunteers.services.who_comes import received
from web.fields import CHOOSE_FROM_LIST, TextField
from web.nothing import NO_PEOPLE
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

OWN_WORDS = "own"


class RegretForm(forms.Form):
    """The words of a no: ready ones, or one's own."""

    ready = forms.ChoiceField(
        label=_("どのことばを送りますか"),
        choices=[*READY.items(), (OWN_WORDS, _("自分のことばで書く(下の欄に書いてください)"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    reason = TextField(
        label=_("自分のことばで書くとき"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("そのままご本人にとどきます。電話番号などの個人の情報は書かないでください。"),
    )

    def clean(self) -> dict[str, str]:
        if self.cleaned_data.get("ready") == OWN_WORDS and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("ここに書いてください。"))
        return self.cleaned_data

    def words(self) -> dict[str, str]:
        ready, own = self.cleaned_data["ready"], self.cleaned_data["reason"]
        return {"ready": "", "reason": own} if ready == OWN_WORDS else {"ready": ready, "reason": ""}


@never_cache
@guarded(GET="roles.see_people")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    own = Role.objects.filter(organisation__in=Organisation.objects.of(request.user))
    role = get_object_or_404(own.select_related("organisation__town"), pk=pk)
    require(request.user, "roles.see_people", role)
    now = timezone.now()
    town = role.organisation.town
    context = {
        "role": role,
        "asking": received.asking(role, now=now),
        "coming": received.coming(role, now=now),
        "rest_days": clock.REST,
        "nothing": NO_PEOPLE,
        "town": town,
        "desks": desks.for_town(town),
    }
    return render(request, "organisation/people/list.html", context)


@never_cache
@guarded(GET="applications.see", POST="applications.answer")
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user, application = person(request), _asked(request, public_id)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def deed() -> str:
        applications.accept(application=application, now=timezone.now(), actor=user)
        messages.success(request, gettext("参加をお願いしました。ご本人に知らせます。"))
        return _people_of(application)

    return act(request, "organisation/people/accept.html", form=form, deed=deed, context=_context(application))


@never_cache
@guarded(GET="applications.see", POST="applications.answer")
def decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user, application = person(request), _asked(request, public_id)
    # That all places are taken is no word to put into somebody's mouth where they are not.
    is_full = application.slot.places_left < application.volunteer.party_size
    form = RegretForm(
        request.POST if request.method == "POST" else None, initial={"ready": "full"} if is_full else None
    )

    def deed() -> str:
        applications.decline(application=application, now=timezone.now(), actor=user, **form.words())
        messages.success(request, gettext("お断りのお返事を送ります。お返事をくださり、ありがとうございました。"))
        return _people_of(application)

    return act(request, "organisation/people/decline.html", form=form, deed=deed, context=_context(application))


def _asked(request: HttpRequest, public_id: UUID) -> Application:
    own = Application.objects.known_to_hosts().filter(
        slot__role__organisation__in=Organisation.objects.of(request.user)
    )
    whole = own.select_related("slot__role__organisation__town", "slot__role__venue", "volunteer__user")
    application = get_object_or_404(whole, public_id=public_id)
    require(request.user, "applications.answer", application)
    return application


def _context(application: Application) -> dict[str, object]:
    slot = application.slot
    return {"application": application, "slot": slot, "role": slot.role, "back": _people_of(application)}


def _people_of(application: Application) -> str:
    return reverse("organisation:people", args=[application.slot.role_id])
