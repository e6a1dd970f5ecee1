from __future__ import annotations

from django.urls import path

from web.organisation import holds, teams

urlpatterns = [
    path("<int:pk>/teams/", teams.index, name="teams"),
    path("<int:pk>/teams/new/", teams.new, name="new_team"),
    path("teams/<int:pk>/", teams.show, name="team"),
    path("teams/<int:pk>/code/", teams.code, name="team_code"),
    path("teams/<int:pk>/close/", teams.close, name="close_team"),
    path("teams/<int:pk>/slots/<int:slot_pk>/hold/", holds.take, name="hold"),
    path("holds/<int:pk>/", holds.change, name="held"),
    path("holds/<int:pk>/release/", holds.release, name="release_hold"),
]
