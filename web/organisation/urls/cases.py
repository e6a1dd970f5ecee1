from __future__ import annotations

from django.urls import path

from web.organisation import cases

urlpatterns = [
    path("<int:pk>/cases/", cases.index, name="cases"),
    path("cooperations/<int:pk>/case/", cases.begin, name="begin_case"),
    path("cases/<int:pk>/", cases.show, name="case"),
    path("cases/<int:pk>/edit/", cases.edit, name="edit_case"),
    path("cases/<int:pk>/photos/", cases.add_photo, name="add_case_photo"),
    path("cases/<int:pk>/photos/<int:photo_pk>/remove/", cases.remove_photo, name="remove_case_photo"),
]
