from __future__ import annotations

from django.urls import path

from web.console import spreadsheets

urlpatterns = [
    path("spreadsheets/", spreadsheets.index, name="spreadsheets"),
    path("spreadsheets/uploads/<int:pk>/", spreadsheets.upload, name="upload"),
    path("spreadsheets/uploads/<int:pk>/drop/", spreadsheets.drop, name="drop_upload"),
    path("spreadsheets/<str:kind>/", spreadsheets.hand_in, name="hand_in"),
    path("spreadsheets/<str:kind>/<str:file>", spreadsheets.file, name="table"),
]
