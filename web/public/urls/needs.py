from __future__ import annotations

from django.urls import path

from web.public import needs

urlpatterns = [
    path("needs/", needs.index, name="needs"),
    path("needs/map/", needs.map_of_needs, name="needs_map"),
    path("needs/<int:pk>/", needs.show, name="need"),
]
