from __future__ import annotations

from django.urls import path

from web.console import cooperations, offers

urlpatterns = [
    path("offers/", offers.index, name="offers"),
    path("offers/<int:pk>/", offers.show, name="offer"),
    path("offers/<int:pk>/approve/", offers.approve, name="approve_offer"),
    path("offers/<int:pk>/vehicle/", offers.check_vehicle, name="check_vehicle"),
    path("offers/<int:pk>/send-back/", offers.send_back, name="send_back_offer"),
    path("offers/<int:pk>/propose/", offers.propose, name="propose_offer"),
    path("cooperations/", cooperations.index, name="cooperations"),
    path("cooperations/<int:pk>/", cooperations.show, name="cooperation"),
    path("cooperations/<int:pk>/agree/", cooperations.agree, name="agree_to_cooperation"),
    path("cooperations/<int:pk>/arrange/", cooperations.arrange, name="arrange_cooperation"),
    path("cooperations/<int:pk>/end/", cooperations.end, name="end_cooperation"),
    path("cooperations/<int:pk>/finish/", cooperations.finish, name="finish_cooperation"),
]
