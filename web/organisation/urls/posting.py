from __future__ import annotations

from django.urls import path

from web.organisation import home

urlpatterns = [
    path("", home.show, name="home"),
]
