from __future__ import annotations

from django.urls import path

from web.organisation import entry, home

urlpatterns = [
    path("", home.show, name="home"),
    path("new/", entry.new, name="new"),
    path("<int:pk>/", entry.show, name="organisation"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
]
