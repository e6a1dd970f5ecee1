"""How often one may ask; the rates are read from the settings at every request."""

from __future__ import annotations

from rest_framework.settings import api_settings
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class StrangerRate(AnonRateThrottle):
    def get_rate(self) -> str:
        return str(api_settings.DEFAULT_THROTTLE_RATES["anon"])


class PersonRate(UserRateThrottle):
    """Per account, whichever way it signs in."""

    def get_rate(self) -> str:
        return str(api_settings.DEFAULT_THROTTLE_RATES["user"])
