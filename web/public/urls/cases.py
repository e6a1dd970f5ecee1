from __future__ import annotations

from django.urls import path

from web.public import cases

urlpatterns = [
    path("cases/", cases.index, name="cases"),
    path("cases/<int:pk>/", cases.show, name="case"),
    path("cases/<int:pk>/photos/<int:photo_pk>.jpg", cases.photo, name="case_photo"),
]
