from __future__ import annotations

from django.urls import path

from web.public import feeds, open_data, pictures

urlpatterns = [
    path("open-data/", open_data.show, name="open_data"),
    path("open-data/roles.ics", feeds.roles_calendar, name="roles_calendar"),
    path("open-data/roles.atom", feeds.roles_atom, name="roles_atom"),
    path("open-data/needs.atom", feeds.needs_atom, name="needs_atom"),
    path("open-data/offers.atom", feeds.offers_atom, name="offers_atom"),
    path("open-data/events.csv", feeds.event_table, name="event_table"),
    path("open-data/events.sjis.csv", feeds.event_table, {"encoding": "cp932"}, name="event_table_sjis"),
    path("open-data/rpde/<str:kind>/", feeds.rpde_page, name="rpde"),
    path("roles/<int:pk>/picture.png", pictures.of_role, name="role_picture"),
    path("needs/<int:pk>/picture.png", pictures.of_need, name="need_picture"),
    path("offers/<int:pk>/picture.png", pictures.of_offer, name="offer_picture"),
]
