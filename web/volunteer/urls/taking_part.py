from __future__ import annotations

from django.urls import path

from web.volunteer import joining, links, places, pledges, suggestions, team, waiting, why_not

urlpatterns = [
    path("my/suggestions/", suggestions.show, name="suggestions"),
    path("my/suggestions/<int:pk>/answer/", suggestions.answer, name="answer"),
    path("my/suggestions/<int:pk>/answered/", suggestions.answered, name="answered"),
    path("my/suggestions/<int:pk>/undo/", suggestions.undo, name="undo"),
    path("my/roles/<int:pk>/why-not/", why_not.show, name="why_not"),
    path("my/slots/<int:pk>/join/", joining.join, name="join"),
    path("my/slots/<int:pk>/wait/", waiting.wait, name="wait"),
    path("my/waiting/<int:pk>/accept/", waiting.accept, name="accept_waiting"),
    path("my/waiting/<int:pk>/leave/", waiting.leave, name="leave_waiting"),
    path("my/places/", places.show, name="places"),
    path("my/places/<int:pk>/cancel/", places.cancel, name="cancel"),
    path("my/applications/<int:pk>/withdraw/", places.withdraw, name="withdraw"),
    path("my/places/<int:pk>/name/", team.name, name="team_name"),
    path("team/", team.find, name="find_team"),
    path("team/<str:code>/", team.show, name="team"),
    path("team/<str:code>/<int:pk>/", team.join, name="join_team"),
    path("my/needs/<int:pk>/pledge/", pledges.pledge, name="pledge"),
    path("my/pledges/<int:pk>/withdraw/", pledges.withdraw, name="withdraw_pledge"),
    path("l/<str:token>/", links.link, name="link"),
]
