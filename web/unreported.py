"""Pages whose answers nobody but their reader may see: not even a report of an error tells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables


def unreported(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Leave what was sent, and the variables of *view* and of all that it calls, out of reports of errors."""
    hidden: Callable[..., Any] = sensitive_variables()(sensitive_post_parameters()(view))
    return hidden
