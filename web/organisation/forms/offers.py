"""What an offer says, one thing at a time. A draft may leave out anything but its name."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import AccessFeature, Activity, Offer, Venue
from organisations.models.offer import Help
from organisations.models.pattern import When
from web.fields import CHOOSE_FROM_LIST, DayField, NumberField, TextField, TownField
from web.profile_form import Ticks

# What each kind is asked about where and how much.
ASKED: dict[str, tuple[str, ...]] = {
    Help.PEOPLE: ("people", "town", "within_km"),
    Help.KNOW_HOW: ("town", "within_km"),
    Help.ROOM: ("people", "venue", "town", "access"),
    Help.VEHICLE: ("people", "town", "within_km", "access"),
    Help.GOODS: (
        *("quantity", "unit", "town", "within_km"),
        *("is_food", "is_unopened", "keeps_at_room_temperature", "best_before"),
    ),
}
HOW_MANY = {
    Help.PEOPLE: _("何人まで行けますか"),
    Help.ROOM: _("何人まで使えますか"),
    Help.VEHICLE: _("何人まで乗れますか"),
}
FROM = {Help.PEOPLE: _("どの町から行きますか"), Help.KNOW_HOW: _("どの町から行きますか")}
BROUGHT = _("どこまで届けられますか")
# A good name, and what is worth saying, of each kind.
EXAMPLES = {
    Help.PEOPLE: (_("例: 社員12人で力仕事を手伝います"), _("例: 平日の午後に、荷物運びや草取りができます。")),
    Help.KNOW_HOW: (_("例: 転ばない体をつくる体操を教えます"), _("例: 理学療法士がうかがいます。1回1時間くらいです。")),
    Help.ROOM: (_("例: 土曜に、交流室を使えます"), _("例: 机8つといす20こ、スクリーンがあります。")),
    Help.VEHICLE: (_("例: 昼間、送迎車が空いています"), _("例: 車いすのまま乗れます。運転する職員もいっしょです。")),
    Help.GOODS: (_("例: 行事用のテントをお貸しします"), _("例: 屋根と柱で6張。ひとりで立てられます。")),
}
REACH_KM = (2.0, 5.0, 10.0)


def reach(*more_km: float) -> list[tuple[str, str]]:
    """Return (km, name) of how far one can offer to come, from anywhere to near."""
    steps = sorted({*REACH_KM, *more_km}, reverse=True)
    return [("", gettext("どこへでも")), *((str(km), gettext("%(km)gkmくらいまで") % {"km": km}) for km in steps)]


class KindForm(forms.Form):
    kind = forms.ChoiceField(choices=Help)


class TitleForm(forms.Form):
    title = TextField(
        label=_("提供の名前"),
        max_length=80,
    )

    def __init__(self, sent: QueryDict | None = None, *, kind: Help) -> None:
        super().__init__(sent)
        self.fields["title"].help_text = EXAMPLES[kind][0]


class OfferForm(forms.Form):
    """``LISTS`` are the answers that an offer keeps as lists."""

    LISTS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, sent: QueryDict | None = None, *, offer: Offer) -> None:
        super().__init__(sent)
        self.narrow(offer)
        self.initial = self.written(offer)

    def narrow(self, offer: Offer) -> None:
        """Leave out what an offer of this kind is not asked."""

    def written(self, offer: Offer) -> dict[str, Any]:
        """Return what *offer* says as answers."""
        lists = {name: [one.pk for one in getattr(offer, name).all()] for name in self.LISTS if name in self.fields}
        kept = {name: getattr(offer, name) for name in self.fields if name not in lists}
        return {**kept, **lists}


class WhatForm(OfferForm):
    LISTS = ("activities",)

    title = TitleForm.base_fields["title"]
    summary = TextField(
        label=_("くわしく"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    activities = Ticks(
        Activity.objects.filter(parent=None),
        label=_("とくに向いている活動"),
        required=False,
        help_text=_("何にでも使えるなら、えらばなくて大丈夫です。"),
    )

    def narrow(self, offer: Offer) -> None:
        for name, example in zip(("title", "summary"), EXAMPLES[Help(offer.kind)], strict=True):
            self.fields[name].help_text = example


class DetailsForm(OfferForm):
    LISTS = ("access",)

    people = NumberField(min_value=1, max_value=1000, required=False)
    quantity = NumberField(
        label=_("いくつありますか"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("いくつでも出せるなら、空けておきます。"),
    )
    unit = TextField(label=_("数え方"), max_length=10, required=False, help_text=_("例: こ、箱、袋、きゃく"))
    venue = forms.ModelChoiceField(
        Venue.objects.none(),
        label=_("会場"),
        required=False,
        blank=True,
        empty_label=_("会場をえらばない"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    town = TownField(label=_("どの町にありますか"), empty_label=None)
    within_km = forms.TypedChoiceField(
        label=_("どこまで行けますか"),
        choices=reach,
        coerce=float,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    access = Ticks(
        AccessFeature.objects.filter(is_about_place=True),
        label=_("使いやすさ"),
        required=False,
        help_text=_("確かなことだけ印をつけてください。"),
    )
    is_food = forms.BooleanField(
        label=_("食べ物・飲み物です"), required=False, help_text=_("印をつけたときは、下の3つもお答えください。")
    )
    is_unopened = forms.BooleanField(label=_("開けていません"), required=False)
    keeps_at_room_temperature = forms.BooleanField(label=_("常温で保存できます"), required=False)
    best_before = DayField(
        label=_("賞味期限"), required=False, help_text=_("公開するときに、2か月以上あるものをお願いしています。")
    )

    def narrow(self, offer: Offer) -> None:
        for name in self.fields.keys() - set(ASKED[offer.kind]):
            del self.fields[name]
        self.order_fields(ASKED[offer.kind])
        if "people" in self.fields:
            self.fields["people"].label = HOW_MANY[Help(offer.kind)]
        self.fields["town"].label = FROM.get(Help(offer.kind), self.fields["town"].label)
        if offer.kind == Help.GOODS:
            self.fields["within_km"].label = BROUGHT
        if offer.kind == Help.VEHICLE:
            kept = Q(is_filter=True) | Q(pk__in=offer.access.all())
            self.fields["access"].queryset = AccessFeature.objects.filter(kept, is_about_place=True)  # type: ignore[attr-defined]
        if "within_km" in self.fields and offer.within_km is not None:
            self.fields["within_km"].choices = reach(offer.within_km)  # type: ignore[attr-defined]
        if "venue" in self.fields:
            self.fields["venue"].queryset = offer.organisation.venues.order_by("name")  # type: ignore[attr-defined]

    def written(self, offer: Offer) -> dict[str, Any]:
        return {**super().written(offer), "venue": offer.venue_id, "town": offer.town_id}


class WhenForm(OfferForm):
    when = forms.MultipleChoiceField(
        label=_("いつごろ使えますか"),
        choices=When,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("いつでもよいとき、相談して決めたいときは、えらばなくて大丈夫です。"),
        error_messages=CHOOSE_FROM_LIST,
    )
    starts_on = DayField(label=_("いつから"), required=False)
    ends_on = DayField(label=_("いつまで"), required=False, help_text=_("この日をすぎると、ひとりでに終わります。"))
    notice_days = NumberField(
        label=_("何日前までに申し込んでほしいですか"), min_value=0, max_value=365, help_text=_("いつでもよければ、0")
    )


class TermsForm(OfferForm):
    conditions = TextField(
        label=_("お願いしたいこと・条件"),
        max_length=500,
        required=False,
        help_text=_("例: 使ったあとは、机をもとの場所に戻してください。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    not_possible = TextField(
        label=_("できないこと"),
        max_length=500,
        required=False,
        help_text=_("例: 火は使えません。営利の集まりには使えません。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
