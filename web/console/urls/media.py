from __future__ import annotations

from django.urls import path

from web.console import media

urlpatterns = [
    path("roles/<int:pk>/media/", media.role, name="role_media"),
    path("roles/<int:pk>/flyer.pdf", media.role_flyer, name="role_flyer"),
    path("needs/<int:pk>/media/", media.need, name="need_media"),
    path("needs/<int:pk>/flyer.pdf", media.need_flyer, name="need_flyer"),
    path("offers/<int:pk>/media/", media.offer, name="offer_media"),
    path("offers/<int:pk>/flyer.pdf", media.offer_flyer, name="offer_flyer"),
]
