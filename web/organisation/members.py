"""Who acts for an organisation: inviting, answering, leaving."""

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

from accounts.services import people
from accounts.services.errors import DomainError
from organisations.models import Invitation, Membership, Organisation
from organisations.services.hosts import invitations, members
from web.fields import TextField
from web.organisation.own import organisation_of
from web.page import act
from web.permissions import guarded, require
from web.signed_in import person


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("招待する方のメールアドレス"),
        error_messages={
            "required": gettext_lazy("メールアドレスを入れてください。"),
            "invalid": gettext_lazy("メールアドレスの形を確かめてください。"),
        },
    )


class NameForm(forms.Form):
    name = TextField(
        label=gettext_lazy("あなたのお名前"),
        max_length=people.LONGEST_NAME,
        help_text=gettext_lazy("窓口の方と、いっしょに担当する方に見えます。だれでも見られるページには出ません。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        error_messages={"required": gettext_lazy("ボタンでえらんでください。")},
    )


@never_cache
@guarded(GET="organisations.see_members", POST="organisations.invite")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who acts for it, everybody who was asked to, and asking one more."""
    organisation = organisation_of(request, pk, "organisations.see_members")
    require(request.user, "organisations.invite", organisation)
    form = InviteForm(request.POST if request.method == "POST" else None)

    def invite() -> str:
        email = form.cleaned_data["email"]
        invitations.invite(organisation=organisation, email=email, now=timezone.now(), actor=person(request))
        messages.success(request, _("招待を送りました。"))
        return reverse("organisation:members", args=[organisation.pk])

    context = {
        "organisation": organisation,
        "memberships": Membership.objects.filter(organisation=organisation).select_related("user").order_by("since"),
        "invitations": invitations.waiting(organisation=organisation, now=timezone.now()),
    }
    return act(request, "organisation/members.html", form=form, deed=invite, context=context, field_of=_field_of)


@never_cache
@guarded(GET="organisations.see_members", POST="organisations.see_members")
def myself(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is called by those one works with; who signed up by an address alone has no name yet."""
    organisation, user = organisation_of(request, pk, "organisations.see_members"), person(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": user.name})

    def call() -> str:
        people.change(user=user, name=form.cleaned_data["name"], language=user.language, now=timezone.now())
        messages.success(request, _("お名前を保存しました。"))
        return reverse("organisation:organisation", args=[organisation.pk])

    return act(request, "organisation/myself.html", form=form, deed=call, context={"organisation": organisation})


@never_cache
@guarded(GET="organisations.leave", POST="organisations.leave")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = organisation_of(request, pk, "organisations.leave")
    user = person(request)

    def go() -> str:
        own = Membership.objects.get(organisation=organisation, user=user)
        members.leave(membership=own, now=timezone.now(), actor=user)
        messages.success(request, _("担当をやめました。おつかれさまでした。"))
        return reverse("organisation:home")

    form = forms.Form(request.POST if request.method == "POST" else None)
    return act(request, "organisation/leave.html", form=form, deed=go, context={"organisation": organisation})


@never_cache
@guarded(GET="invitations.answer", POST="invitations.answer")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    invitation = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), pk=pk, user=user)
    require(user, "invitations.answer", invitation)
    form = AnswerForm(request.POST if request.method == "POST" else None)

    def say() -> str:
        is_accepted = form.cleaned_data["answer"] == "yes"
        invitations.answer(invitation=invitation, is_accepted=is_accepted, now=timezone.now(), actor=user)
        messages.success(request, _("担当者になりました。") if is_accepted else _("お返事ありがとうございました。"))
        if is_accepted and not user.name:
            return reverse("organisation:myself", args=[invitation.organisation_id])
        return reverse("organisation:home")

    context = {"invitation": invitation, "is_open": invitations.is_open(invitation, timezone.now())}
    return act(request, "organisation/invitation.html", form=form, deed=say, context=context)


@never_cache
@guarded(GET="invitations.withdraw", POST="invitations.withdraw")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    own = Invitation.objects.filter(organisation__in=Organisation.objects.of(user))
    invitation = get_object_or_404(own.select_related("organisation", "user"), pk=pk)
    require(user, "invitations.withdraw", invitation.organisation)

    def take_back() -> str:
        invitations.withdraw(invitation=invitation, now=timezone.now(), actor=user)
        messages.success(request, _("招待を取り消しました。"))
        return reverse("organisation:members", args=[invitation.organisation_id])

    form = forms.Form(request.POST if request.method == "POST" else None)
    return act(
        request, "organisation/invitation_back.html", form=form, deed=take_back, context={"invitation": invitation}
    )


def _field_of(refusal: DomainError) -> str | None:
    is_about_address = people.EmailNotUsable | invitations.AlreadyMember | invitations.AlreadyInvited
    return "email" if isinstance(refusal, is_about_address) else None
