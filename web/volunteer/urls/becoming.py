from __future__ import annotations

from django.urls import path

from web.volunteer import choices, landing, notices, pause, profile

urlpatterns = [
    path("my/", landing.show, name="landing"),
    path("my/profile/", profile.edit, name="profile"),
    path("my/pause/", pause.show, name="pause"),
    path("my/notices/choices/", choices.show, name="choices"),
    path("my/notices/", notices.show, name="notices"),
    path("my/notices/<uuid:pk>/read/", notices.read, name="read"),
]
