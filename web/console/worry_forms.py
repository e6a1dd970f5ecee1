"""What a coordinator writes down about a worry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import DeskMembership, SupportDesk
from organisations.models.worry import Reach, ReferralResult, Via, WorryOutcome
from organisations.services.worries import handling, referrals
from organisations.services.worries.beyond import Beyond
from web.fields import CHOOSE_FROM_LIST, TextField, TownField
from web.texts import WORRY_HEARD_TEXT

HEARD_BY = [choice for choice in Via.choices if choice[0] != Via.WEB]
# What is beyond this service has a page of its own, with the words to say.
ENDS = [choice for choice in WorryOutcome.choices if choice[0] != WorryOutcome.REFUSED]


class TypeInForm(forms.Form):
    """``consent`` is ticked once the text was read out, or read on paper."""

    via = forms.ChoiceField(
        label=_("受け方"), choices=HEARD_BY, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    town = TownField(label=_("その方の町"), empty_label=_("えらんでください"))
    is_about_other = forms.BooleanField(
        label=_("ほかの人のことが気になっている"),
        required=False,
        help_text=_("そのときは、気になる方のお名前や体のことは書かないでください。"),
    )
    words = TextField(
        label=_("困っていること"), max_length=handling.LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 6})
    )
    reach = forms.ChoiceField(
        label=_("連絡のしかた"), choices=Reach, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    contact = TextField(label=_("連絡先"), max_length=handling.LONGEST_CONTACT, required=False)
    name = TextField(label=_("お呼びするお名前"), max_length=handling.LONGEST_NAME, required=False)
    consent = forms.BooleanField(
        label=WORRY_HEARD_TEXT, error_messages={"required": _("読み上げて、同意をもらってから印をつけてください。")}
    )

    def __init__(self, *args: Any, coordinator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = DeskMembership.objects.towns_of(coordinator)
        self.fields["town"].queryset = self.fields["town"].queryset.filter(pk__in=own)  # type: ignore[attr-defined]


class ReferForm(forms.Form):
    desk = forms.ModelChoiceField(
        SupportDesk.objects.select_related("organisation").order_by("organisation__name"),
        label=_("相談窓口"),
        required=False,
        empty_label=_("えらばない"),
    )
    place = TextField(
        label=_("そのほかの窓口"),
        max_length=referrals.LONGEST_PLACE,
        required=False,
        help_text=_("窓口の名前だけを書いてください。例: 区役所 高齢・障害支援課。人のことは書かないでください。"),
    )


class CameOfForm(forms.Form):
    result = forms.ChoiceField(label=_("どうなったか"), choices=ReferralResult)


class BeyondForm(forms.Form):
    beyond = forms.ChoiceField(choices=Beyond, error_messages={"required": _("どれかのボタンをえらんでください。")})


class EndForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("どうなりましたか"), choices=ENDS, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
