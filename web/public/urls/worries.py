from __future__ import annotations

from django.urls import path

from web.public import worries

urlpatterns = [
    path("worries/", worries.begin, name="worry"),
    path("worries/what/", worries.what, name="worry_what"),
    path("worries/town/", worries.town, name="worry_town"),
    path("worries/reach/", worries.reach, name="worry_reach"),
    path("worries/sent/", worries.sent, name="worry_sent"),
]
