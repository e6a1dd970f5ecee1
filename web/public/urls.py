from __future__ import annotations

from django.urls import path

from web.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("roles/", views.roles, name="roles"),
    path("roles/<int:pk>/", views.role, name="role"),
    path("desks/", views.support_desks, name="desks"),
]
