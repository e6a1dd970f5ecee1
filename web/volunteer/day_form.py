"""One date on which somebody is free at other times than usual."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.services.people.availability import PARTS
from web.fields import CHOOSE_FROM_LIST, DayField
from web.week import MASKS, hours

NOTHING, SOME, USUAL = "nothing", "some", "usual"
ASKED = [(NOTHING, _("一日じゅう、都合がつきません")), (SOME, _("印をつけた時間だけ、空いています"))]


class DayForm(forms.Form):
    """Going back to the usual is no answer among the others: a button beside a date sends it."""

    on = DayField(label=_("日にち"))
    how = forms.ChoiceField(
        label=_("その日の都合"),
        choices=[*ASKED, (USUAL, _("いつもどおり"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )
    parts = forms.MultipleChoiceField(
        label=_("その日に空いている時間"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_FROM_LIST,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        how, parts = self.fields["how"], self.fields["parts"]
        assert isinstance(how.widget, forms.RadioSelect)  # noqa: S101
        assert isinstance(parts, forms.MultipleChoiceField)  # noqa: S101
        how.widget.choices = ASKED
        parts.choices = [(code, f"{name} {hours(MASKS[code])}") for code, name, _start, _end in PARTS]

    def clean(self) -> None:
        how, parts = self.cleaned_data.get("how"), self.cleaned_data.get("parts")
        if how == SOME and parts == []:
            self.add_error("parts", _("空いている時間に、1つは印をつけてください。"))
        elif how == NOTHING and parts:
            self.add_error("parts", _("一日じゅう都合がつかないときは、時間の印をはずしてください。"))

    def free(self) -> int | None:
        """Return the half hours that hold on that date; None: as usual."""
        if self.cleaned_data["how"] == USUAL:
            return None
        return sum(MASKS[code] for code in set(self.cleaned_data["parts"]))
