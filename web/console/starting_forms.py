"""What a coordinator fills in for those who start something."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models.organisation import Kind
from web.fields import CHOOSE_FROM_LIST, DayField, TextField


class BecomeForm(forms.Form):
    name = TextField(label=_("団体の名前"), max_length=80, help_text=_("あとから変えられます。"))
    kind = forms.ChoiceField(
        label=_("種類"),
        choices=Kind,
        initial=Kind.COMMUNITY,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_FROM_LIST,
    )


class NoticeForm(forms.Form):
    title = TextField(label=_("名前"), max_length=120)
    who = TextField(label=_("だれが使えるか"), max_length=300, help_text=_("例: 5人以上で、月に1回より多く集まる団体"))
    what = TextField(
        label=_("どんな支援か"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("「もらえます」とは書かず、「出しているところが決めます」と伝わるように書いてください。"),
    )
    deadline = DayField(
        label=_("しめきり"), required=False, help_text=_("空なら、いつでも。すぎると、ひとりでに消えます。")
    )
    link = forms.URLField(
        label=_("くわしいページ"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("ホームページの形を確かめてください。")},
    )
    source = TextField(label=_("出典"), max_length=200, help_text=_("どこで見た情報か。例: 区の広報紙 11月号"))
