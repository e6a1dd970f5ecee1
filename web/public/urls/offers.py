from __future__ import annotations

from django.urls import path

from web.public import offers

urlpatterns = [
    path("offers/", offers.index, name="offers"),
    path("offers/map/", offers.map_of_offers, name="offers_map"),
    path("offers/<int:pk>/", offers.show, name="offer"),
]
