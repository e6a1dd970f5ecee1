from __future__ import annotations

from django.urls import path

from web.volunteer import attend, calendar, feed, record

urlpatterns = [
    path("attend/<str:code>/", attend.show, name="attend"),
    path("my/calendar/", calendar.show, name="calendar"),
    path("my/calendar/feed/", feed.manage, name="feed"),
    path("calendar/<str:token>.ics", feed.file, name="feed_file"),
    path("my/record/", record.show, name="record"),
    path("my/record/certificate.pdf", record.certificate, name="certificate"),
]
