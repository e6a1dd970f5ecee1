from __future__ import annotations

from django.urls import path

from web.organisation import people, times

urlpatterns = [
    path("roles/<int:pk>/people/", people.show, name="people"),
    path("applications/<uuid:public_id>/accept/", people.accept, name="accept"),
    path("applications/<uuid:public_id>/decline/", people.decline, name="decline"),
    path("slots/<int:pk>/roster/", times.sheet, name="roster"),
    path("slots/<int:pk>/move/", times.move, name="move"),
    path("slots/<int:pk>/cancel/", times.cancel, name="cancel_slot"),
]
