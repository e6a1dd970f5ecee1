"""The addresses of organisations: what they post, and who comes."""

from __future__ import annotations

from web.organisation.urls import offers, on_the_day, people, posting, starting

app_name = "organisation"
urlpatterns = [
    *posting.urlpatterns,
    *people.urlpatterns,
    *on_the_day.urlpatterns,
    *starting.urlpatterns,
    *offers.urlpatterns,
]
