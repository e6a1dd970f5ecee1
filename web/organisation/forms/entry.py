"""What an organisation says about itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.errors import DomainError
from notifications.services.contact_points import BadPhone
from organisations.models import Organisation
from organisations.models.organisation import Kind
from organisations.services.hosts.organisations import NameTaken
from web.fields import CHOOSE_FROM_LIST, TextField, TownField

NAMES = ("name", "kana", "kind", "town", "about", "phone", "email", "website")


class EntryForm(forms.Form):
    name = TextField(label=_("団体の名前"), max_length=80)
    kana = TextField(label=_("よみがな"), max_length=120, required=False, help_text=_("例: はなとみどりのかい"))
    kind = forms.ChoiceField(label=_("種類"), choices=Kind, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST)
    town = TownField(
        label=_("活動の中心の町"),
        empty_label=_("えらんでください"),
        help_text=_("この町を受け持つ窓口が、登録を確かめます。"),
    )
    about = TextField(
        label=_("どんな団体ですか"),
        max_length=2000,
        required=False,
        help_text=_("例: 月に2回、駅前の花だんの手入れをしています。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    phone = TextField(
        label=_("電話"),
        max_length=20,
        required=False,
        help_text=_("募集のページに出ます。だれが見てもよい番号を入れてください。"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("メール"),
        required=False,
        help_text=_("募集のページに出ます。"),
        error_messages={"invalid": _("メールアドレスの形を確かめてください。")},
    )
    website = forms.URLField(
        label=_("ホームページ"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("ホームページの形を確かめてください。")},
    )


def as_written(organisation: Organisation) -> dict[str, Any]:
    """Return an entry as the answers of the form."""
    kept = {name: getattr(organisation, name) for name in NAMES if name != "town"}
    return {**kept, "town": organisation.town_id}


def field_of(refusal: DomainError) -> str | None:
    """Which question the refusal is about."""
    if isinstance(refusal, NameTaken):
        return "name"
    return "phone" if isinstance(refusal, BadPhone) else None
