"""The addresses of volunteers: how one becomes one, and how one takes part."""

from __future__ import annotations

from web.volunteer.urls import becoming, guardian, taking_part

app_name = "volunteer"
urlpatterns = [*becoming.urlpatterns, *guardian.urlpatterns, *taking_part.urlpatterns]
