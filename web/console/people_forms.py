"""What a coordinator asks about a person, and writes down for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.consent import ConsentKind
from accounts.services import people
from accounts.services.errors import DomainError
from matching.models import Answer
from notifications.services import contact_points
from organisations.models import DeskMembership, Town
from volunteers.services.coordinating import at_the_desk
from web.fields import CHOOSE_FROM_LIST, TextField, TownField
from web.profile_form import ToldForm, field_of
from web.texts import CONTACT_TEXT, TERMS, TERMS_HEARD_TEXT

_READ = _("読み上げました。ご本人が「同意します」と答えました。")


class OnBehalfForm(ToldForm):
    """What somebody tells a coordinator of themselves; only towns that *coordinator* looks after can be chosen."""

    def __init__(self, *args: Any, coordinator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        town = self.fields["town"]
        assert isinstance(town, TownField)  # noqa: S101
        own = Town.objects.filter(pk__in=DeskMembership.objects.towns_of(coordinator))
        town.queryset = own.order_by("kana", "name")
        town.help_text = _("町の名前だけです。えらべるのは、受け持ちの町です。")


class RegisterForm(OnBehalfForm):
    phone = TextField(
        label=_("電話番号"),
        max_length=30,
        required=False,
        help_text=_("例: 045-123-4567"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = TextField(
        label=_("メールアドレス"),
        max_length=people.LONGEST_EMAIL,
        required=False,
        help_text=_("お持ちでない方は、書かなくて大丈夫です。おすすめは電話でお伝えします。"),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    by_phone = forms.BooleanField(label=_("メールアドレスがあっても、おすすめは電話で聞きたい"), required=False)
    terms_read = forms.BooleanField(label=_READ, required=False)
    contact_read = forms.BooleanField(label=_READ, required=False)

    def texts_read(self) -> dict[str, str]:
        """Return by kind of consent the words as they stand on the page, for what was read and agreed to."""
        words = {ConsentKind.TERMS: terms_aloud(), ConsentKind.CONTACT: str(CONTACT_TEXT)}
        return {str(kind): text for kind, text in words.items() if self.cleaned_data[f"{kind}_read"]}


def terms_aloud() -> str:
    """Return the rules, a line each, and the sentence that agrees to them."""
    return "\n".join(str(line) for line in (*TERMS, TERMS_HEARD_TEXT))


def register_field_of(refusal: DomainError) -> str | None:
    places: dict[type[DomainError], str] = {
        at_the_desk.NoWayToReach: "phone",
        at_the_desk.TermsNotRead: "terms_read",
        contact_points.BadPhone: "phone",
        people.EmailTaken: "email",
        people.EmailNotUsable: "email",
    }
    return places.get(type(refusal)) or field_of(refusal)


class FindForm(forms.Form):
    words = TextField(
        label=_("お名前か、電話番号"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswerForForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("返事"), choices=Answer, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    reason = TextField(
        label=_("理由(聞けたときだけ)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
