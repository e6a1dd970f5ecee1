"""What a coordinator fills in."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import Answer
from notifications.models.call import Outcome
from notifications.services import calls
from web.fields import TextField

WORDS_AT_MOST = 250

# Said again and again: one tick instead of typing.
OF_ROLES: Mapping[str, Promise] = {
    "what": _("当日にすることを、はじめての人にもわかるように書いてください。"),
    "when": _("日時と、終わりの時間を確かめてください。"),
    "where": _("集合場所と、そこへの行き方を書いてください。"),
    "cost": _("費用がかかるかどうかを書いてください。"),
    "insurance": _("保険をどうするか、確かめて書いてください。"),
    "age": _("何歳から参加できるか、もう一度確かめてください。"),
    "contact": _("当日の連絡先を書いてください。"),
    "children": _("子どもとかかわる時間に、大人が何人いるかを書いてください。"),
}
OF_ORGANISATIONS: Mapping[str, Promise] = {
    "name": _("団体の正式な名前を書いてください。"),
    "about": _("ふだんどんな活動をしているか、もう少しくわしく書いてください。"),
    "phone": _("日中に連絡のつく電話番号を書いてください。"),
    "who": _("担当の方のお名前を書いてください。"),
}

OF_OFFERS: Mapping[str, Promise] = {
    "what": _("何が使えるのか、もう少しくわしく書いてください。"),
    "when": _("いつ使えるのかを書いてください。"),
    "who": _("どんな団体に使ってほしいのかを書いてください。"),
    "conditions": _("使うときの条件と、できないことを書いてください。"),
    "access": _("段差や車いすのことを、確かめて書いてください。"),
}


class ApproveForm(forms.Form):
    """``seen`` is when what was read had last been changed: what changed since has not been read."""

    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)


class SendBackForm(forms.Form):
    sentences = forms.MultipleChoiceField(
        label=_("お願いすること"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = TextField(
        label=_("そのほかに伝えること"),
        help_text=_("団体の方がそのまま読みます。"),
        required=False,
        max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, ready: Mapping[str, Promise], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.ready = ready
        chosen = self.fields["sentences"]
        chosen.choices = list(ready.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not self.errors and not data["sentences"] and not data["words"]:
            raise forms.ValidationError(_("直していただきたいことを、ひとつはえらぶか書いてください。"))
        return data

    @property
    def reason(self) -> str:
        """The ticked sentences, a line each, and then one's own words."""
        ticked = [str(sentence) for code, sentence in self.ready.items() if code in self.cleaned_data["sentences"]]
        return "\n".join([*ticked, *filter(None, [self.cleaned_data["words"]])])


class CallForm(forms.Form):
    """What came of a call; each outcome is a button."""

    outcome = forms.ChoiceField(choices=Outcome, error_messages={"required": _("結果のボタンをえらんでください。")})
    again_at = forms.DateTimeField(
        label=_("かけなおす日時"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("日にちと時刻を入れてください。")},
    )
    note = TextField(
        label=_("ひとこと(書かなくてもかまいません)"),
        help_text=_("次に電話する人が読みます。体のことや、ご家庭のことは書かないでください。"),
        required=False,
        max_length=calls.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    """What somebody said on the telephone to one of the suggestions."""

    suggestion_id = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[(Answer.ACCEPT, ""), (Answer.DECLINE, "")])
