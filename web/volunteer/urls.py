from __future__ import annotations

from django.urls import path

from web.volunteer import choices, joining, landing, links, notices, pause, places, profile, suggestions, why_not

app_name = "volunteer"
urlpatterns = [
    path("my/", landing.show, name="landing"),
    path("my/suggestions/", suggestions.show, name="suggestions"),
    path("my/suggestions/<int:pk>/answer/", suggestions.answer, name="answer"),
    path("my/suggestions/<int:pk>/answered/", suggestions.answered, name="answered"),
    path("my/suggestions/<int:pk>/undo/", suggestions.undo, name="undo"),
    path("my/roles/<int:pk>/why-not/", why_not.show, name="why_not"),
    path("my/slots/<int:pk>/join/", joining.join, name="join"),
    path("my/places/", places.show, name="places"),
    path("my/places/<int:pk>/cancel/", places.cancel, name="cancel"),
    path("my/applications/<int:pk>/withdraw/", places.withdraw, name="withdraw"),
    path("my/profile/", profile.edit, name="profile"),
    path("my/pause/", pause.show, name="pause"),
    path("my/notices/choices/", choices.show, name="choices"),
    path("my/notices/", notices.show, name="notices"),
    path("my/notices/<uuid:pk>/read/", notices.read, name="read"),
    path("l/<str:token>/", links.link, name="link"),
]
