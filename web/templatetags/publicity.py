"""What a page says of itself in its head."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from organisations.models import Need, Offer, Role
from organisations.publicity import metadata
from organisations.publicity.published import Published
from organisations.services.made_public import publishing

register = template.Library()

# What would end the element, in the writing of JSON.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def about_page(row: Role | Need | Offer) -> SafeString:
    """Write Open Graph and, as long as it is not over, schema.org for the page of a role, a need or an offer."""
    published = _published(row)
    page = reverse(f"public:{published.kind}_picture", args=[published.ref])
    picture = "" if published.is_over else settings.SITE_URL + page
    tags = format_html_join("\n", '<meta property="{}" content="{}">', metadata.open_graph(published, picture=picture))
    return format_html("{}\n{}", tags, _script(metadata.json_ld(published)))


def _published(row: Role | Need | Offer) -> Published:
    now = timezone.now()
    if isinstance(row, Role):
        return publishing.of_role(row, now=now)
    return publishing.of_need(row, now=now) if isinstance(row, Need) else publishing.of_offer(row, now=now)


def _script(document: dict[str, Any] | None) -> SafeString:
    if document is None:
        return SafeString()
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    # A block of data: no browser runs it, and the content policy lets it be.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  escaped above
