"""What ``manage.py check --deploy`` says about this installation."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOCAL_HOSTS = ("http://localhost", "http://127.0.0.1", "http://[::1]")
DEFAULT_KEY = "only-for-this-machine-and-never-for-a-public-site"


@register(Tags.security)
def public_site_has_its_own_key(**_: object) -> list[CheckMessage]:
    """A site with an address of its own signs its cookies with a key of its own."""
    if settings.SECRET_KEY != DEFAULT_KEY or settings.SITE_URL.startswith(LOCAL_HOSTS):
        return []
    return [Error("SECRET_KEY is the one of a private machine.", hint="Set SECRET_KEY.", id="config.E001")]


@register(Tags.security)
def public_site_is_not_in_debug(**_: object) -> list[CheckMessage]:
    """DEBUG shows settings and people's data to whoever makes a page fail."""
    if not settings.DEBUG or settings.SITE_URL.startswith(LOCAL_HOSTS):
        return []
    return [Error("DEBUG is on at a public address.", hint="Unset DEBUG.", id="config.E002")]
