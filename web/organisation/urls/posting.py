from __future__ import annotations

from django.urls import path

from web.organisation import copying, entry, home, members, repeating, role, splitting, steps, times, venues

urlpatterns = [
    path("", home.show, name="home"),
    path("new/", entry.new, name="new"),
    path("<int:pk>/", entry.show, name="organisation"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/members/", members.show, name="members"),
    path("<int:pk>/leave/", members.leave, name="leave"),
    path("invitations/<int:pk>/", members.answer, name="invitation"),
    path("invitations/<int:pk>/withdraw/", members.withdraw, name="withdraw_invitation"),
    path("<int:pk>/roles/new/", steps.new, name="new_role"),
    path("roles/<int:pk>/", role.show, name="role"),
    path("roles/<int:pk>/what/", steps.what, name="what"),
    path("roles/<int:pk>/size/", steps.size, name="size"),
    path("roles/<int:pk>/when/", times.when, name="when"),
    path("roles/<int:pk>/when/window/", times.window, name="window"),
    path("roles/<int:pk>/split/", splitting.split, name="split"),
    path("roles/<int:pk>/repeat/", repeating.repeat, name="repeat"),
    path("roles/<int:pk>/where/", steps.where, name="where"),
    path("roles/<int:pk>/where/new/", venues.new, name="new_venue"),
    path("roles/<int:pk>/where/venue/", venues.change, name="venue"),
    path("roles/<int:pk>/where/pin/", venues.pin, name="pin"),
    path("roles/<int:pk>/who/", steps.who, name="who"),
    path("roles/<int:pk>/ready/", steps.ready, name="ready"),
    path("roles/<int:pk>/check/", role.check, name="check"),
    path("roles/<int:pk>/preview/", role.preview, name="preview"),
    path("roles/<int:pk>/copy/", copying.copy, name="copy"),
    path("roles/<int:pk>/withdraw/", role.withdraw, name="withdraw"),
    path("roles/<int:pk>/close/", role.close, name="close"),
    path("roles/<int:pk>/discard/", role.discard, name="discard"),
    path("repeats/<int:pk>/end/", repeating.end, name="end_repeat"),
    path("slots/<int:pk>/", times.change, name="slot"),
    path("slots/<int:pk>/remove/", times.remove, name="remove_slot"),
]
