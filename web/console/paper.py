"""What a guardian agreed to on paper, or in person at the desk."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.services import consents
from accounts.services.errors import DomainError
from accounts.services.people import LONGEST_NAME
from volunteers.services.guardians import consenting
from web.console.people import somebody
from web.fields import TextField
from web.guardian_form import ConsentForm
from web.page import act
from web.permissions import guarded
from web.signed_in import person
from web.texts import GUARDIAN_SCOPES, GUARDIAN_TEXT


class PaperForm(ConsentForm):
    guardian_name = TextField(label=gettext_lazy("保護者の方のお名前"), max_length=LONGEST_NAME)
    is_agreed = forms.BooleanField(
        label=gettext_lazy("保護者の方が、上の文面を読んで(または聞いて)同意しました"),
        error_messages={"required": gettext_lazy("保護者の方の同意を確かめてから、印をつけてください。")},
    )
    field_order = ("guardian_name", "scope", "until", "is_agreed")


@never_cache
@guarded(GET="people.record_guardian", POST="people.record_guardian")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    volunteer = somebody(request, pk, "people.record_guardian")
    form = PaperForm(request.POST if request.method == "POST" else None)

    def deed() -> str:
        consenting.record(
            volunteer=volunteer,
            guardian_name=form.cleaned_data["guardian_name"],
            scope=form.scopes(),
            until=form.cleaned_data["until"],
            text=form.text(),
            now=timezone.now(),
            actor=person(request),
        )
        messages.success(request, _("保護者の方の同意を記録しました。"))
        return reverse("console:person", args=[pk])

    context = {"volunteer": volunteer, "guardian_text": GUARDIAN_TEXT, "take_part": GUARDIAN_SCOPES["take_part"]}
    return act(request, "console/paper.html", form=form, deed=deed, context=context, field_of=_field_of)


def _field_of(refusal: DomainError) -> str | None:
    return "until" if isinstance(refusal, consents.AlreadyOver) else None
