from __future__ import annotations

from django.urls import path

from web.public import calendar, map_page, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("roles/", views.roles, name="roles"),
    path("roles/calendar/", calendar.month, name="calendar"),
    path("roles/map/", map_page.map_of_roles, name="map"),
    path("roles/<int:pk>/", views.role, name="role"),
    path("desks/", views.support_desks, name="desks"),
]
