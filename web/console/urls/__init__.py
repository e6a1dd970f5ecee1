"""The addresses of coordinators: the day's work at the desk, and spreadsheets."""

from __future__ import annotations

from web.console.urls import cases, desk, gaps, media, needs, offers, people, spreadsheets, starting, worries

app_name = "console"
urlpatterns = [
    *desk.urlpatterns,
    *people.urlpatterns,
    *spreadsheets.urlpatterns,
    *starting.urlpatterns,
    *needs.urlpatterns,
    *worries.urlpatterns,
    *offers.urlpatterns,
    *cases.urlpatterns,
    *media.urlpatterns,
    *gaps.urlpatterns,
]
