from __future__ import annotations

from django.urls import path

from web.public import organisation

urlpatterns = [
    path("organisations/<int:pk>/", organisation.show, name="organisation"),
]
