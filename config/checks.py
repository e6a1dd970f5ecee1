"""What ``manage.py check`` says about this installation; with an error nothing starts. Registered by ``settings``."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOCAL_HOSTS: tuple[str, ...] = ("http://localhost", "http://127.0.0.1", "http://[::1]")
DEFAULT_KEY: str = "only-for-this-machine-and-never-for-a-public-site"
DEFAULT_WORRY_KEY: str = "b25seS1mb3ItdGhpcy1wcml2YXRlLW1hY2hpbmUhISE="
WORRY_KEY_BYTES = 32


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


@register(Tags.security)
def worries_are_sealed_with_keys_of_their_own(**_: object) -> list[CheckMessage]:
    """What people entrust to a site is sealed with keys that stand nowhere but in its environment."""
    hint = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
    if not settings.WORRY_KEYS:
        return [Error("WORRY_KEYS is empty: nothing could be sealed.", hint=hint, id="config.E003")]
    if not all(map(_is_key, settings.WORRY_KEYS)):
        return [Error("WORRY_KEYS holds what is no key.", hint=hint, id="config.E004")]
    if DEFAULT_WORRY_KEY not in settings.WORRY_KEYS or settings.SITE_URL.startswith(LOCAL_HOSTS):
        return []
    return [Error("WORRY_KEYS holds the key of a private machine.", hint=hint, id="config.E005")]


def _is_key(text: str) -> bool:
    try:
        return len(urlsafe_b64decode(text)) == WORRY_KEY_BYTES
    except (binascii.Error, ValueError):
        return False
