from __future__ import annotations

from django.urls import path

from web.volunteer import guardian

urlpatterns = [
    path("my/guardian/", guardian.ask, name="guardian"),
]
