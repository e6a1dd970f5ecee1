from __future__ import annotations

from django.urls import path

from web.console import applications, calls, days, organisations, rewordings, roles, runs, today

urlpatterns = [
    path("", today.show, name="today"),
    path("people/<int:pk>/greet/", today.greet, name="greet"),
    path("roles/<int:pk>/", roles.show, name="role"),
    path("roles/<int:pk>/approve/", roles.approve, name="approve_role"),
    path("roles/<int:pk>/reread/", rewordings.reread, name="reread_role"),
    path("roles/<int:pk>/send-back-change/", rewordings.send_back, name="send_back_rewording"),
    path("roles/<int:pk>/send-back/", roles.send_back, name="send_back_role"),
    path("organisations/<int:pk>/", organisations.show, name="organisation"),
    path("organisations/<int:pk>/approve/", organisations.approve, name="approve_organisation"),
    path("organisations/<int:pk>/send-back/", organisations.send_back, name="send_back_organisation"),
    path("applications/<uuid:public_id>/", applications.show, name="application"),
    path("calls/", calls.index, name="calls"),
    path("calls/<uuid:pk>/", calls.show, name="call"),
    path("calls/<uuid:pk>/answer/", calls.answer, name="answer_on_call"),
    path("days/", days.show, name="days"),
    path("runs/", runs.index, name="runs"),
    path("runs/<int:pk>/", runs.show, name="run"),
]
