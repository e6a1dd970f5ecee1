from __future__ import annotations

from django.urls import path

from web.organisation import people

urlpatterns = [
    path("roles/<int:pk>/people/", people.show, name="people"),
    path("applications/<uuid:public_id>/accept/", people.accept, name="accept"),
    path("applications/<uuid:public_id>/decline/", people.decline, name="decline"),
]
