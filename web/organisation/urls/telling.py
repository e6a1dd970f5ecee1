from __future__ import annotations

from django.urls import path

from web.organisation import events, media

urlpatterns = [
    path("roles/<int:pk>/media/", media.role, name="media"),
    path("roles/<int:pk>/flyer.pdf", media.role_flyer, name="flyer"),
    path("offers/<int:pk>/media/", media.offer, name="offer_media"),
    path("offers/<int:pk>/flyer.pdf", media.offer_flyer, name="offer_flyer"),
    path("<int:pk>/events/", events.hand_in, name="events"),
    path("events/<int:pk>/", events.upload, name="events_upload"),
    path("events/<int:pk>/drop/", events.drop, name="drop_events"),
]
