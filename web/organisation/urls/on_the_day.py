from __future__ import annotations

from django.urls import path

from web.organisation import attendance, days, thanks

urlpatterns = [
    path("days/", days.show, name="days"),
    path("slots/<int:pk>/attendance/", attendance.show, name="attendance"),
    path("slots/<int:pk>/qr/", attendance.qr_code, name="qr"),
    path("slots/<int:pk>/thanks/", thanks.show, name="thanks"),
]
