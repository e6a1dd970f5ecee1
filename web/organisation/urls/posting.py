from __future__ import annotations

from django.urls import path

from web.organisation import own

urlpatterns = [
    path("", own.show, name="home"),
]
