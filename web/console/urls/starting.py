from __future__ import annotations

from django.urls import path

from web.console import initiatives, support_notices

urlpatterns = [
    path("initiatives/", initiatives.index, name="initiatives"),
    path("initiatives/<int:pk>/", initiatives.show, name="initiative"),
    path("initiatives/<int:pk>/answered/", initiatives.answered, name="initiative_answered"),
    path("initiatives/<int:pk>/become/", initiatives.become, name="initiative_becomes"),
    path("initiatives/<int:pk>/close/", initiatives.close, name="close_initiative"),
    path("support/", support_notices.index, name="support"),
    path("support/new/", support_notices.new, name="new_support"),
    path("support/<int:pk>/", support_notices.change, name="change_support"),
    path("support/<int:pk>/remove/", support_notices.remove, name="remove_support"),
]
