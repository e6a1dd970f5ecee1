from __future__ import annotations

from django.urls import path

from web.volunteer import attend, record

urlpatterns = [
    path("attend/<str:code>/", attend.show, name="attend"),
    path("my/record/", record.show, name="record"),
    path("my/record/certificate.pdf", record.certificate, name="certificate"),
]
