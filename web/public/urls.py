from __future__ import annotations

from django.urls import path

from web.public import house, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("roles/", views.roles, name="roles"),
    path("roles/<int:pk>/", views.role, name="role"),
    path("desks/", views.support_desks, name="desks"),
    path("about/", house.about, name="about"),
    path("privacy/", house.privacy, name="privacy"),
    path("accessibility/", house.accessibility, name="accessibility"),
    path("terms/", house.terms, name="terms"),
]
