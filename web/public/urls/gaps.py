from __future__ import annotations

from django.urls import path

from web.public import gaps

urlpatterns = [
    path("gaps/", gaps.show, name="gaps"),
    path("gaps/<int:pk>/meeting.pdf", gaps.sheet, name="meeting_sheet"),
]
