from __future__ import annotations

from django.urls import path

from web.console import today

urlpatterns = [
    path("", today.show, name="today"),
]
