"""The addresses of organisations: what they post, and who comes."""

from __future__ import annotations

from web.organisation.urls import cases, offers, on_the_day, people, posting, starting, teams, telling

app_name = "organisation"
urlpatterns = [
    *posting.urlpatterns,
    *people.urlpatterns,
    *on_the_day.urlpatterns,
    *starting.urlpatterns,
    *offers.urlpatterns,
    *teams.urlpatterns,
    *cases.urlpatterns,
    *telling.urlpatterns,
]
