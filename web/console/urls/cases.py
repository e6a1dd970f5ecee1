from __future__ import annotations

from django.urls import path

from web.console import cases

urlpatterns = [
    path("cases/", cases.index, name="cases"),
    path("cases/book.pdf", cases.book, name="case_book"),
    path("cases/<int:pk>/", cases.show, name="case"),
    path("cases/<int:pk>/take-down/", cases.take_down, name="take_down_case"),
]
