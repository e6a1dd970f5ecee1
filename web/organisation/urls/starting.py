from __future__ import annotations

from django.urls import path

from web.organisation import following, initiatives

urlpatterns = [
    path("initiatives/", initiatives.index, name="initiatives"),
    path("initiatives/new/", initiatives.new, name="new_initiative"),
    path("initiatives/<int:pk>/", initiatives.show, name="initiative"),
    path("initiatives/<int:pk>/end/", initiatives.end, name="end_initiative"),
    path("<int:pk>/support/<int:notice_pk>/", following.show, name="follow"),
]
