from __future__ import annotations

from django.urls import path

from web.volunteer import attend

urlpatterns = [
    path("attend/<str:code>/", attend.show, name="attend"),
]
