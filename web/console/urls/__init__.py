"""The addresses of coordinators: the day's work at the desk, and spreadsheets."""

from __future__ import annotations

from web.console.urls import desk, media, people, spreadsheets, starting

app_name = "console"
urlpatterns = [
    *desk.urlpatterns,
    *people.urlpatterns,
    *spreadsheets.urlpatterns,
    *starting.urlpatterns,
    *media.urlpatterns,
]
