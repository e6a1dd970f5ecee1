from __future__ import annotations

from django.urls import path

from web.organisation import moves, people

urlpatterns = [
    path("roles/<int:pk>/people/", people.show, name="people"),
    path("applications/<uuid:public_id>/accept/", people.accept, name="accept"),
    path("applications/<uuid:public_id>/decline/", people.decline, name="decline"),
    path("slots/<int:pk>/roster/", moves.sheet, name="roster"),
    path("slots/<int:pk>/move/", moves.move, name="move"),
    path("slots/<int:pk>/cancel/", moves.cancel, name="cancel_slot"),
]
