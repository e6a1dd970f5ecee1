"""The addresses of volunteers: how one becomes one, and how one takes part."""

from __future__ import annotations

from web.volunteer.urls import becoming, taking_part

app_name = "volunteer"
urlpatterns = [*becoming.urlpatterns, *taking_part.urlpatterns]
