from __future__ import annotations

from django.urls import path

from web.public import calendar, calendar_file, furigana, house, map_page, views

urlpatterns = [
    path("", views.home, name="home"),
    path("roles/", views.roles, name="roles"),
    path("roles/calendar/", calendar.month, name="calendar"),
    path("roles/map/", map_page.map_of_roles, name="map"),
    path("roles/<int:pk>/", views.role, name="role"),
    path("roles/<int:pk>/slots/<int:slot_pk>/calendar.ics", calendar_file.slot, name="slot_calendar"),
    path("desks/", views.support_desks, name="desks"),
    path("about/", house.about, name="about"),
    path("privacy/", house.privacy, name="privacy"),
    path("accessibility/", house.accessibility, name="accessibility"),
    path("terms/", house.terms, name="terms"),
    path("furigana/", furigana.turn, name="furigana"),
]
