from __future__ import annotations

from django.urls import path

from web.public import support

urlpatterns = [
    path("starting/", support.starting, name="starting"),
    path("support/", support.notices, name="support"),
]
