from __future__ import annotations

from django.urls import path

from web.console import need_steps, visits

urlpatterns = [
    path("needs/<int:pk>/pledges/", need_steps.who, name="need_pledges"),
    path("needs/<int:pk>/role/", need_steps.turn, name="need_role"),
    path("needs/<int:pk>/hosts/", need_steps.hosts, name="need_hosts"),
    path("visits/", visits.index, name="visits"),
    path("visits/new/", visits.new, name="visit"),
]
