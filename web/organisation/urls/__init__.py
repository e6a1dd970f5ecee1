"""The addresses of organisations: what they post, and who comes."""

from __future__ import annotations

from web.organisation.urls import cases, on_the_day, people, posting, teams

app_name = "organisation"
urlpatterns = [
    *posting.urlpatterns,
    *people.urlpatterns,
    *on_the_day.urlpatterns,
    *teams.urlpatterns,
    *cases.urlpatterns,
]
