"""The addresses of organisations: what they post, and who comes."""

from __future__ import annotations

from web.organisation.urls import on_the_day, people, posting, starting, telling

app_name = "organisation"
urlpatterns = [
    *posting.urlpatterns,
    *people.urlpatterns,
    *on_the_day.urlpatterns,
    *starting.urlpatterns,
    *telling.urlpatterns,
]
