"""The story of a cooperation, and a picture of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.fields import TextField

PHOTO_TEXT = _(
    "写っている方みなさんに、この写真をインターネットと冊子にのせてよいことを確かめました。"
    "子どもが写っているときは、保護者の方にも確かめました。あとから、いつでも消せます。"
)


class StoryForm(forms.Form):
    title = TextField(label=_("題"), max_length=80)
    before = TextField(
        label=_("はじまる前"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("どんなことに困っていましたか。お名前など、人がわかることは書かないでください。"),
    )
    who = TextField(label=_("だれが"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    what = TextField(label=_("何をしたか"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    result = TextField(
        label=_("どうなったか"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("写真"),
        help_text=_("JPEG、PNG、WebP。10MBまで。写真の中の、撮った場所などの記録は消してからのせます。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("写真をえらんでください。"),
            "empty": _("このファイルは空です。別の写真をえらんでください。"),
            "invalid": _("写真をえらんでください。"),
        },
    )
    description = TextField(
        label=_("写っているもの"),
        max_length=200,
        help_text=_("例: 食堂のテーブルを囲んで、お茶を飲む人たち。目の見えない方が、読み上げで聞きます。"),
    )
    has_consent = forms.BooleanField(
        label=PHOTO_TEXT, error_messages={"required": _("写っている方の了解を確かめてから、印をつけてください。")}
    )
