"""Taking part in one slot: a last look, then yes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from organisations.models import Role, Slot
from organisations.services.coordinating import desks
from volunteers.models import Placement
from volunteers.services import conditions
from volunteers.services.guardians import asking
from volunteers.services.taking_part import clock, joining
from volunteers.services.waiting_lists import waiting
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person
from web.volunteer.forms import JoinForm
from web.volunteer.people import no_profile, profile_of


@never_cache
@guarded(GET="account.see", POST="slots.join")
def join(request: HttpRequest, pk: int) -> HttpResponse:
    slots = Slot.objects.select_related("role__organisation", "role__venue__town")
    slot = get_object_or_404(slots, pk=pk, role__in=Role.objects.public())
    user = person(request)
    volunteer = profile_of(user)
    if volunteer is None:
        return no_profile(request)
    require(user, "slots.join")
    form = JoinForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        made = joining.join(
            volunteer=volunteer, slot=slot, now=timezone.now(), actor=user, note=form.cleaned_data["note"]
        )
        if isinstance(made, Placement):
            messages.success(request, _("参加が決まりました。当日お待ちしています。"))
        elif made.released_at is None:
            messages.success(request, _("申し込みを受け付けました。相談窓口が確かめてから、団体に伝えます。"))
        else:
            messages.success(request, _("申し込みを受け付けました。団体からの返事をお待ちください。"))
        return reverse("volunteer:places")

    context = {"slot": slot, "role": slot.role, "desks": desks.for_town(volunteer.town)}
    today = timezone.localdate()
    context |= {
        "needs_guardian": conditions.lacks_guardian(volunteer=volunteer, role=slot.role, on=today),
        "guardian_is_asked": asking.are_asked(volunteer),
        "is_looked_at_first": conditions.is_looked_at_first(volunteer=volunteer, on=today),
    }
    now = timezone.now()
    context |= {
        "may_wait": waiting.may_wait(volunteer=volunteer, slot=slot, now=now),
        "until": clock.since(now, slot).until,
    }
    return act(request, "volunteer/join.html", form=form, deed=deed, context=context)
