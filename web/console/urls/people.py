from __future__ import annotations

from django.urls import path

from web.console import behalf, figures, paper, people, register, sheet, trail

urlpatterns = [
    path("people/", people.find, name="people"),
    path("people/new/", register.show, name="register"),
    path("people/<int:pk>/", people.show, name="person"),
    path("people/<int:pk>/profile/", behalf.profile, name="change_person"),
    path("people/<int:pk>/pause/", behalf.pause, name="pause_person"),
    path("people/<int:pk>/suggest/", behalf.suggest, name="suggest_to"),
    path("people/<int:pk>/answer/<int:suggestion>/", behalf.answer, name="answer_for"),
    path("people/<int:pk>/guardian/", paper.show, name="paper"),
    path("people/<int:pk>/sheet/", sheet.show, name="sheet"),
    path("people/<int:pk>/trail/", trail.show, name="trail"),
    path("figures/", figures.show, name="figures"),
    path("figures/figures.csv", figures.csv, name="figures_csv"),
    path("figures/figures.sjis.csv", figures.csv_for_old_excel, name="figures_sjis"),
    path("figures/figures.xlsx", figures.xlsx, name="figures_xlsx"),
]
