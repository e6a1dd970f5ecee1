"""What one can look for among needs; every answer lives in the address of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Activity, District
from organisations.models.offer import Help
from web.fields import CHOOSE_FROM_LIST, DayField, TextField, TownField


class NeedFilter(forms.Form):
    use_required_attribute = False

    words = TextField(
        label=_("さがすことば"),
        max_length=100,
        required=False,
        help_text=_("例: 草取り、話し相手、スマホ"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    town = TownField(label=_("町"), required=False, empty_label=_("どこでも"))
    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("地区"),
        required=False,
        to_field_name="code",
        empty_label=_("どこでも"),
        error_messages=CHOOSE_FROM_LIST,
    )
    activity = forms.ModelChoiceField(
        Activity.objects.filter(parent=None),
        label=_("活動分野"),
        required=False,
        to_field_name="code",
        empty_label=_("すべて"),
        error_messages=CHOOSE_FROM_LIST,
    )
    helps = forms.ChoiceField(
        label=_("あると助かるもの"),
        choices=[("", _("すべて")), *Help.choices],
        required=False,
        error_messages=CHOOSE_FROM_LIST,
    )
    until = DayField(label=_("この日までに助けがいるもの"), required=False)

    def wanted(self) -> dict[str, Any]:
        """Return the answers as the search takes them."""
        answers = dict(self.cleaned_data)
        return {"text": answers.pop("words"), **answers}

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the words and the town is asked for: then the page shows the other questions open."""
        return bool(self.errors) or any(self.data.get(name) for name in self.fields.keys() - {"words", "town"})
