"""The addresses of volunteers: how one becomes one, takes part, and what is left of it."""

from __future__ import annotations

from web.volunteer.urls import afterwards, becoming, guardian, taking_part

app_name = "volunteer"
urlpatterns = [*becoming.urlpatterns, *guardian.urlpatterns, *taking_part.urlpatterns, *afterwards.urlpatterns]
