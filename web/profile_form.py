"""Who somebody is, as questions: in parts, for whoever asks a few at a time, and as one whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.user import Language
from accounts.services import people
from accounts.services.errors import DomainError
from organisations.models import AccessFeature, Activity, Qualification, Skill
from volunteers.models import Volunteer
from volunteers.services.people import profiles
from web import week
from web.birthday import BirthdayField
from web.fields import CHOOSE_FROM_LIST, NumberField, TextField, TownField
from web.reach import choices
from web.texts import CONTACT_TEXT

EITHER, GOING_OUT, FROM_HOME = "either", "going_out", "from_home"
# A field of activity, what is in it, whether something in it is ticked.
Group = tuple[Activity, list[Activity], bool]


class _ReadOnce(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """The boxes; who asks how many there are is about to ask for them too."""

    def __iter__(self) -> Iterator[Any]:
        return map(self.choice, self.queryset)

    def __len__(self) -> int:
        return len(self.queryset)


class Ticks(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Boxes to tick, from one of the vocabularies."""

    iterator = _ReadOnce
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("一覧にないものが入っていました。もう一度えらんでください。"),
        "invalid_pk_value": _("一覧にないものが入っていました。もう一度えらんでください。"),
        "invalid_list": _("一覧にないものが入っていました。もう一度えらんでください。"),
    }


class Part(forms.Form):
    """Some of the questions. ``KEPT`` are the answers that a profile keeps as they are."""

    KEPT: ClassVar[tuple[str, ...]] = ()

    def volunteer_fields(self) -> dict[str, Any]:
        """Return the answers as a profile keeps them."""
        kept = {name for part in type(self).__mro__ for name in getattr(part, "KEPT", ())}
        return {name: self.cleaned_data[name] for name in kept & self.cleaned_data.keys()}


class AboutForm(Part):
    KEPT: ClassVar[tuple[str, ...]] = ("born_on",)

    name = TextField(label=_("お名前(呼び名)"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    born_on = BirthdayField(
        label=_("生年月日"),
        help_text=_("年は「1951」でも「昭和26」でも大丈夫です。年齢の決まりがある募集のために使います。"),
    )


class WhereForm(Part):
    KEPT: ClassVar[tuple[str, ...]] = ("town", "party_size")

    town = TownField(
        label=_("お住まいの町"), empty_label=_("えらんでください"), help_text=_("町の名前だけです。番地は聞きません。")
    )
    travel_limit_km = forms.ChoiceField(
        label=_("どこまで行けますか"), widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )
    where = forms.ChoiceField(
        label=_("参加のしかた"),
        choices=[
            (EITHER, _("行って参加する活動も、家からできる活動も")),
            (GOING_OUT, _("行って参加する活動だけ")),
            (FROM_HOME, _("家からできる活動だけ")),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    party_size = NumberField(
        label=_("いっしょに参加する人数"),
        initial=1,
        help_text=_("あなたも入れた人数です。ご家族やお友だちといっしょのときに変えてください。"),
        error_messages={"required": _("人数を数字で入れてください。"), "invalid": _("人数を数字で入れてください。")},
    )

    def __init__(self, *args: Any, travel_limit_km: float | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = self.fields["travel_limit_km"]
        assert isinstance(reach, forms.ChoiceField)  # noqa: S101
        reach.choices = [(km, gettext("%(far)sまで") % {"far": name}) for km, name in choices(travel_limit_km)]

    def volunteer_fields(self) -> dict[str, Any]:
        answers = self.cleaned_data
        return {
            **super().volunteer_fields(),
            "travel_limit_km": float(answers["travel_limit_km"]),
            "takes_online": answers["where"] != GOING_OUT,
            "is_home_only": answers["where"] == FROM_HOME,
        }


class WhatForm(Part):
    KEPT: ClassVar[tuple[str, ...]] = ("wish", "interests", "avoids", "skills")

    wish = TextField(
        label=_("やりたいこと"),
        max_length=1000,
        required=False,
        help_text=_("思いつくまま、どうぞ。例: 土いじりが好き。子どもの笑顔が見たい。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    interests = Ticks(Activity.objects.select_related("parent"), label=_("興味のある活動"), required=False)
    avoids = Ticks(
        Activity.objects.select_related("parent"),
        label=_("おすすめしてほしくない活動"),
        required=False,
        help_text=_("印をつけた活動は、おすすめに出ません。自分でさがすときには出ます。"),
    )
    skills = Ticks(Skill.objects.all(), label=_("得意なこと"), required=False)

    def interest_groups(self) -> list[Group]:
        return self._groups(self.chosen_interests())

    def avoid_groups(self) -> list[Group]:
        return self._groups(self.chosen_avoids())

    def _groups(self, chosen: set[str]) -> list[Group]:
        """One vocabulary for both questions, read once."""
        field = self.fields["interests"]
        assert isinstance(field, Ticks)  # noqa: S101
        every: list[Activity] = list(field.queryset) if field.queryset is not None else []
        groups = []
        for top in every:
            if top.parent_id is None:
                inside = [top, *(each for each in every if each.parent_id == top.pk)]
                groups.append((top, inside, any(str(each.pk) in chosen for each in inside)))
        return groups

    def chosen_interests(self) -> set[str]:
        return self._chosen("interests")

    def chosen_avoids(self) -> set[str]:
        return self._chosen("avoids")

    def _chosen(self, name: str) -> set[str]:
        return {str(getattr(each, "pk", each)) for each in self[name].value() or []}


class NeedsForm(Part):
    KEPT: ClassVar[tuple[str, ...]] = ("qualifications", "access_needs")

    qualifications = Ticks(Qualification.objects.all(), label=_("持っている資格"), required=False)
    access_needs = Ticks(
        AccessFeature.objects.all(),
        label=_("参加するときに必要なこと"),
        required=False,
        help_text=_("印をつけたことがそろっている募集だけをおすすめします。わからない募集は出しません。"),
    )


class WhenForm(Part):
    """*weekly* is the week as it is kept, seven times 48 half hours as bits."""

    free = forms.MultipleChoiceField(
        choices=[(box, box) for box in week.BOXES],
        required=False,
        error_messages={"invalid_choice": _("空いている時間を、もう一度えらんでください。")},
    )

    def __init__(self, *args: Any, weekly: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekly = weekly

    def week(self) -> list[tuple[str, list[week.Box]]]:
        return week.rows(self["free"].value() or [], self.weekly)


class NewsForm(Part):
    consent = forms.BooleanField(label=CONTACT_TEXT, required=False)
    language = forms.ChoiceField(
        label=_("お知らせのことば"), choices=Language, widget=forms.RadioSelect, error_messages=CHOOSE_FROM_LIST
    )


class ToldForm(WhenForm, NeedsForm, WhatForm, WhereForm, AboutForm):
    """What somebody tells of themselves; the questions come in the order of these parts from the last to the first."""


class ProfileForm(NewsForm, ToldForm):
    """All questions."""


def field_of(refusal: DomainError) -> str | None:
    """Beside which question the refusal of a profile is shown."""
    places: dict[type[DomainError], str] = {
        profiles.BadBirthday: "born_on",
        profiles.TownWithoutPoint: "town",
        profiles.BadTravelLimit: "travel_limit_km",
        profiles.BadPartySize: "party_size",
        people.NameTooLong: "name",
    }
    return places.get(type(refusal))


def read_seen_at(text: str) -> dt.datetime | None:
    """When the profile that the form showed was changed; what cannot be read is older than everything."""
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def as_written(volunteer: Volunteer, weekly: list[int], has_consent: bool) -> dict[str, Any]:
    """Return a profile as the answers of the form."""
    where = FROM_HOME if volunteer.is_home_only else EITHER if volunteer.takes_online else GOING_OUT
    return {
        "name": volunteer.user.name,
        "language": volunteer.user.language,
        "born_on": volunteer.born_on,
        "town": volunteer.town_id,
        "travel_limit_km": str(volunteer.travel_limit_km),
        "where": where,
        "wish": volunteer.wish,
        "interests": [each.pk for each in volunteer.interests.all()],
        "avoids": [each.pk for each in volunteer.avoids.all()],
        "party_size": volunteer.party_size,
        "skills": [each.pk for each in volunteer.skills.all()],
        "qualifications": [each.pk for each in volunteer.qualifications.all()],
        "access_needs": [each.pk for each in volunteer.access_needs.all()],
        "free": week.ticked(weekly),
        "consent": has_consent,
    }
