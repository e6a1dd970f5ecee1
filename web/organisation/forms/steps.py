"""What a role says, one thing at a time. A draft may leave out anything but its name."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organisations.models import AccessFeature, Activity, Qualification, Role, Skill, Venue
from organisations.models.role import Effort, Insurance, RoleStatus
from web.fields import CHOOSE_FROM_LIST, NumberField, TextField
from web.organisation.forms.fields import ActivityField
from web.profile_form import Ticks

AT_ONCE, AFTER_ANSWER = "at_once", "after_answer"


class TitleForm(forms.Form):
    title = TextField(
        label=_("募集の名前"),
        max_length=80,
        help_text=_("何をするかが、ひと目でわかる名前に。例: 駅前の花だんに水をやる"),
    )


class StepForm(forms.Form):
    """``KEPT`` are the answers that a role keeps as they are, ``LISTS`` those it keeps as lists."""

    KEPT: ClassVar[tuple[str, ...]] = ()
    LISTS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, sent: QueryDict | None = None, *, role: Role) -> None:
        super().__init__(sent, initial=self.written(role))

    def written(self, role: Role) -> dict[str, Any]:
        """Return what *role* says as answers."""
        kept = {name: getattr(role, name) for name in self.KEPT}
        return {**kept, **{name: [one.pk for one in getattr(role, name).all()] for name in self.LISTS}}

    def role_fields(self) -> dict[str, Any]:
        """Return the answers as ``roles.writing.change`` takes them."""
        return {name: self.cleaned_data[name] for name in (*self.KEPT, *self.LISTS)}


class WhatForm(StepForm):
    KEPT = ("title", "title_easy", "summary")

    title = TitleForm.base_fields["title"]
    summary = TextField(
        label=_("すること"),
        max_length=2000,
        required=False,
        help_text=_("はじめての人にもわかるように。例: じょうろで花に水をやります。道具はこちらにあります。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    main = ActivityField(label=_("いちばん近い活動"), required=False, empty_label=_("えらんでください"))
    others = Ticks(Activity.objects.all(), label=_("ほかに、あてはまる活動"), required=False)
    title_easy = TextField(
        label=_("やさしい日本語の名前"),
        max_length=120,
        required=False,
        help_text=_("日本語を学んでいる方や、お子さんのために。例: 花に 水を やる"),
    )

    def written(self, role: Role) -> dict[str, Any]:
        chosen = [one.activity_id for one in role.role_activities.all()]
        return {**super().written(role), "main": chosen[0] if chosen else None, "others": chosen[1:]}

    def role_fields(self) -> dict[str, Any]:
        main = self.cleaned_data["main"]
        return {**super().role_fields(), "activities": [*([main] if main else []), *self.cleaned_data["others"]]}


class SizeForm(StepForm):
    """How many people and how long are asked here, and kept with each time of the role."""

    KEPT = ("effort", "takes_groups")

    capacity = NumberField(label=_("1回に、何人に来てほしいですか"), min_value=1, max_value=1000)
    minutes = NumberField(
        label=_("1回は、何分くらいですか"),
        min_value=5,
        max_value=1440,
        help_text=_("30分から1時間半くらいだと、はじめての人も来やすくなります。"),
    )
    effort = forms.TypedChoiceField(
        label=_("体力"), choices=Effort, coerce=int, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    takes_groups = forms.BooleanField(label=_("家族や友だちといっしょでも来てよい"), required=False)


class WhereForm(StepForm):
    KEPT = ("venue", "is_online")

    venue = forms.ModelChoiceField(
        Venue.objects.none(),
        label=_("会場"),
        required=False,
        blank=True,
        empty_label=_("会場なし・まだ決めていない"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    is_online = forms.BooleanField(label=_("家からでもできる"), required=False)

    def __init__(self, sent: QueryDict | None = None, *, role: Role) -> None:
        super().__init__(sent, role=role)
        venue = self.fields["venue"]
        assert isinstance(venue, forms.ModelChoiceField)  # noqa: S101
        venue.queryset = role.organisation.venues.order_by("name")

    def written(self, role: Role) -> dict[str, Any]:
        return {**super().written(role), "venue": role.venue_id}


class WhoForm(StepForm):
    KEPT = ("min_age", "max_age", "guardian_under", "is_with_children")
    LISTS = ("qualifications", "skills", "access")

    min_age = NumberField(label=_("何歳から"), min_value=0, max_value=120, help_text=_("何歳でもよければ、0"))
    max_age = NumberField(
        label=_("何歳まで"), min_value=0, max_value=120, required=False, help_text=_("上がなければ、空けておきます")
    )
    guardian_under = NumberField(
        label=_("何歳未満なら、保護者の同意がいりますか"),
        min_value=0,
        max_value=20,
        help_text=_("16歳未満の方は、いつも同意がいります。"),
    )
    answer = forms.ChoiceField(
        label=_("参加の決まり方"),
        choices=[(AT_ONCE, _("申し込むと、すぐに決まる")), (AFTER_ANSWER, _("団体が返事をしてから決まる"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    is_with_children = forms.BooleanField(
        label=_("子どもとかかわる"),
        required=False,
        help_text=_("公開する前に、コーディネーターがふたりで確かめます。変えられるのは下書きのときだけです。"),
    )
    access = Ticks(
        AccessFeature.objects.all(),
        label=_("参加のしやすさ"),
        required=False,
        help_text=_("確かなことだけ印をつけてください。印のないことは「わからない」になります。"),
    )
    skills = Ticks(Skill.objects.all(), label=_("あるとうれしい得意なこと"), required=False)
    qualifications = Ticks(
        Qualification.objects.all(),
        label=_("必要な資格"),
        required=False,
        help_text=_("印をつけると、その資格がない方は参加できません。"),
    )

    def __init__(self, sent: QueryDict | None = None, *, role: Role) -> None:
        super().__init__(sent, role=role)
        self.fields["is_with_children"].disabled = role.status != RoleStatus.DRAFT

    def written(self, role: Role) -> dict[str, Any]:
        return {**super().written(role), "answer": AFTER_ANSWER if role.asks_first else AT_ONCE}

    def role_fields(self) -> dict[str, Any]:
        return {**super().role_fields(), "asks_first": self.cleaned_data["answer"] == AFTER_ANSWER}


class ReadyForm(StepForm):
    KEPT = ("cost", "insurance", "bring", "rain_rule", "contact")

    cost = TextField(label=_("費用"), max_length=120, required=False, help_text=_("例: かかりません"))
    insurance = forms.ChoiceField(
        label=_("保険"),
        choices=Insurance,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
        help_text=_("わからないときは「確認中」のままで大丈夫です。窓口がいっしょに確かめます。"),
    )
    bring = TextField(
        label=_("持ち物"), max_length=200, required=False, help_text=_("例: 飲みもの、帽子。軍手はこちらにあります")
    )
    rain_rule = TextField(
        label=_("雨のとき"), max_length=120, required=False, help_text=_("例: 雨なら中止。朝7時にお知らせします")
    )
    contact = TextField(
        label=_("当日の連絡先"),
        max_length=120,
        required=False,
        help_text=_("募集のページに出ます。空けておくと、団体の電話が出ます。"),
    )
