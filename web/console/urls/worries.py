from __future__ import annotations

from django.urls import path

from web.console import needs, worries, worry_ends

urlpatterns = [
    path("worries/", worries.index, name="worries"),
    path("worries/new/", worries.type_in, name="type_in_worry"),
    path("worries/<int:pk>/", worries.show, name="worry"),
    path("worries/<int:pk>/words/", worries.read, name="worry_words"),
    path("worries/<int:pk>/answered/", worries.answered, name="answered_worry"),
    path("worries/<int:pk>/refer/", worry_ends.refer, name="refer_worry"),
    path("worries/<int:pk>/refer/<int:referral>/", worry_ends.came_of, name="came_of_referral"),
    path("worries/<int:pk>/refuse/", worry_ends.refuse, name="refuse_worry"),
    path("worries/<int:pk>/close/", worry_ends.close, name="close_worry"),
    path("needs/", needs.index, name="needs"),
    path("needs/new/", needs.new, name="new_need"),
    path("needs/<int:pk>/", needs.show, name="need"),
    path("needs/<int:pk>/change/", needs.change, name="change_need"),
    path("needs/<int:pk>/publish/", needs.publish, name="publish_need"),
    path("needs/<int:pk>/close/", needs.close, name="close_need"),
]
