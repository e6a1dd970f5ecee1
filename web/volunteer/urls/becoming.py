from __future__ import annotations

from django.urls import path

from web.volunteer import choices, close, days, landing, notices, own_data, pause, profile, start, start_account

urlpatterns = [
    path("start/", start.begin, name="start"),
    path("start/what/", start.what, name="start_what"),
    path("start/when/", start.when, name="start_when"),
    path("start/where/", start.where, name="start_where"),
    path("start/account/", start_account.show, name="start_account"),
    path("my/", landing.show, name="landing"),
    path("my/profile/", profile.edit, name="profile"),
    path("my/profile/days/", days.show, name="days"),
    path("my/data/", own_data.show, name="own_data"),
    path("my/close/", close.show, name="close"),
    path("goodbye/", close.goodbye, name="goodbye"),
    path("my/pause/", pause.show, name="pause"),
    path("my/notices/choices/", choices.show, name="choices"),
    path("my/notices/", notices.show, name="notices"),
    path("my/notices/<uuid:pk>/read/", notices.read, name="read"),
]
