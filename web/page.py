"""The one way in which a form acts: GET shows it, POST acts once, and a refusal is said in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.services.errors import DomainError
from web.once import once
from web.signed_in import person


def act(
    request: HttpRequest,
    template: str,
    *,
    form: forms.Form,
    deed: Callable[[], str],
    context: Mapping[str, Any] | None = None,
    field_of: Callable[[DomainError], str | None] = lambda _refusal: None,
) -> HttpResponse:
    """Show *form* in *template*, and once it is sent without mistakes do the deed.

    Parameters
    ----------
    deed
        Acts through a service and returns the address of the next page. It is done once however often the form,
        which holds ``{% once %}``, is sent; where it raises a DomainError nothing was done.
    field_of
        Beside which question a refusal is shown; where it names none, above the form.

    Returns
    -------
    HttpResponse
        200 the form, 302 done, 400 mistakes in the answers, 409 refused by the service.
    """
    status, refusal = 200, None
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return once(request, user=person(request), act=deed)
            except DomainError as said:
                form.add_error(field_of(said), str(said))
                status, refusal = 409, said
    return render(request, template, {**(context or {}), "form": form, "refusal": refusal}, status=status)
