"""A desk asks a group to take up what its neighbourhood needs: yes, with a draft of the role at once, or no."""

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

from organisations.models import HostingRequest, Organisation
from organisations.models.need import WhyNot
from organisations.services.taking_up import hosting
from web.fields import CHOOSE_FROM_LIST, TextField
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person

YES, NO = "yes", "no"
OF_NEED = ("need__town", "need__district", "need__role", "need__desk__organisation__town", "organisation__town")


class HostingForm(forms.Form):
    """Each answer is a button; beside the no there is room for why."""

    answer = forms.ChoiceField(
        choices=[(YES, gettext_lazy("引き受けます")), (NO, gettext_lazy("今回はむずかしい"))],
        error_messages=CHOOSE_FROM_LIST,
    )
    why_not = forms.ChoiceField(
        label=gettext_lazy("理由(なくても大丈夫です)"),
        choices=WhyNot,
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    remark = TextField(
        label=gettext_lazy("ひとこと(なくても大丈夫です)"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("窓口の人だけが読みます。例: 秋からなら、手伝えそうです"),
    )


@never_cache
@guarded(GET="hosting.answer", POST="hosting.answer")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    own = HostingRequest.objects.filter(organisation__in=Organisation.objects.of(user))
    asked = get_object_or_404(own.select_related(*OF_NEED), pk=pk)
    require(user, "hosting.answer", asked)
    form = HostingForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        said = form.cleaned_data
        if said["answer"] == NO:
            hosting.decline(
                request=asked, now=timezone.now(), actor=user, why_not=said["why_not"], remark=said["remark"]
            )
            messages.success(request, _("お返事を窓口に伝えました。断っても大丈夫です。"))
            return reverse("organisation:home")
        role = hosting.accept(request=asked, now=timezone.now(), actor=user)
        messages.success(request, _("ありがとうございます。募集の下書きを作りました。ひとつずつ確かめてください。"))
        return reverse("organisation:what", args=[role.pk])

    context = {
        "asked": asked,
        "need": asked.need,
        "may_answer": hosting.waiting(user=user, today=timezone.localdate()).filter(pk=pk).exists(),
        "desks": [asked.need.desk],
        "town": asked.need.town,
    }
    return act(request, "organisation/hosting.html", form=form, deed=deed, context=context)
