from __future__ import annotations

from django.urls import path

from web.volunteer import notices, profile

urlpatterns = [
    path("my/profile/", profile.edit, name="profile"),
    path("my/notices/", notices.show, name="notices"),
    path("my/notices/<uuid:pk>/read/", notices.read, name="read"),
]
