from __future__ import annotations

from django.urls import path

from web.console import another_day, gaps

urlpatterns = [
    path("gaps/", gaps.show, name="gaps"),
    path("roles/<int:pk>/another-day/", another_day.ask, name="another_day"),
]
