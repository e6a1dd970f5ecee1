from __future__ import annotations

from django.urls import path

from web.organisation import cooperations, offer_steps, offers

urlpatterns = [
    path("<int:pk>/offers/new/", offer_steps.new, name="new_offer"),
    path("offers/", offers.index, name="offers"),
    path("offers/<int:pk>/", offers.show, name="offer"),
    *[
        path(f"offers/<int:pk>/{name}/", offer_steps.step, {"name": name}, name=f"offer_{name}")
        for name in offer_steps.ASKING
    ],
    path("offers/<int:pk>/check/", offers.check, name="offer_check"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="withdraw_offer"),
    path("offers/<int:pk>/close/", offers.close, name="close_offer"),
    path("offers/<int:pk>/discard/", offers.discard, name="discard_offer"),
    path("offers/<int:pk>/ask/", cooperations.ask, name="ask_for_offer"),
    path("cooperations/", cooperations.index, name="cooperations"),
    path("cooperations/<int:pk>/", cooperations.show, name="cooperation"),
    path("cooperations/<int:pk>/agree/", cooperations.agree, name="agree_to_cooperation"),
    path("cooperations/<int:pk>/arrange/", cooperations.arrange, name="arrange_cooperation"),
    path("cooperations/<int:pk>/end/", cooperations.end, name="end_cooperation"),
    path("cooperations/<int:pk>/finish/", cooperations.finish, name="finish_cooperation"),
]
