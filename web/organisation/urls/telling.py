from __future__ import annotations

from django.urls import path

from web.organisation import media

urlpatterns = [
    path("roles/<int:pk>/media/", media.show, name="media"),
    path("roles/<int:pk>/flyer.pdf", media.flyer, name="flyer"),
]
