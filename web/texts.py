"""The exact words that people agree to; the same words are shown, and kept with their consent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TERMS_TEXT = _(
    "やりたいの利用のきまりを読みました。住んでいる町の名前と、やりたいこと、空いている時間を登録することに同意します。"
)
CONTACT_TEXT = _(
    "わたしに合いそうな募集のおすすめと、参加についてのお知らせを、メールか電話で受け取ることに同意します。"
    "いつでもやめられます。わたしの町と空いている時間は、おすすめをえらぶためだけに使われ、団体には伝わりません。"
)
GUARDIAN_TEXT = _(
    "わたしはこの子の保護者です。下で印をつけたことに同意します。"
    "連絡は相談窓口のコーディネーターを通します。いつでも取り消せます。"
)
# By the code of what a guardian's consent reaches to; the first is always part of it.
GUARDIAN_SCOPES = {
    "take_part": _("この子が、団体の活動に参加すること"),
    "go_alone": _("行き帰りを、この子だけですること"),
    "photo": _("活動の写真に写ること"),
    "ask_each_time": _("参加のたびに、わたしにもたずねること"),
}
