from __future__ import annotations

from django.urls import path

from web.organisation import own

app_name = "organisation"
urlpatterns = [
    path("my/organisations/", own.show, name="own"),
]
