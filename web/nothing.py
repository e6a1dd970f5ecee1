"""What a list says when there is nothing in it: what that means, what one can do next, and whom one can ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """Something to do next: its words, and the name of the page where it is done."""

    words: Promise
    page: str


@dataclass(frozen=True)
class Nothing:
    """For ``parts/nothing.html``, which adds the desks; between one and three steps, the likeliest first."""

    headline: Promise
    steps: tuple[Step, ...]
    advice: tuple[Promise, ...] = ()


SEARCH = Step(_("募集をさがす"), "public:roles")
SUGGESTIONS = Step(_("おすすめを見る"), "volunteer:suggestions")
ABOUT_ME = Step(_("あなたのことを見直す"), "volunteer:profile")

NO_ROLES = Nothing(
    _("合う募集は見つかりませんでした"),
    (
        Step(_("すべての募集を見る"), "public:roles"),
        Step(_("やりたいことを登録して、おすすめを待つ"), "volunteer:suggestions"),
    ),
    (_("ことばを短くするか、町や日にちの条件をひろげると、見つかるかもしれません。"),),
)
NO_NEEDS = Nothing(
    _("いま、合う地域ニーズはありません"),
    (
        Step(_("すべての地域ニーズを見る"), "public:needs"),
        SEARCH,
        Step(_("やりたいことを登録して、おすすめを待つ"), "volunteer:suggestions"),
    ),
    (_("ことばを短くするか、町や日にちの条件をひろげると、見つかるかもしれません。"),),
)
NO_SUGGESTIONS = Nothing(
    _("いま、おすすめできる募集はありません"),
    (ABOUT_ME, Step(_("自分でさがす"), "public:roles")),
    (_("合いそうな募集が出たら、ここに出ます。空いている時間や行ける距離をひろげると、見つかりやすくなります。"),),
)
NO_PLACES = Nothing(_("いま決まっている予定はありません"), (SUGGESTIONS, SEARCH))
NO_NOTICES = Nothing(
    _("この画面にとどいたお知らせはありません"),
    (Step(_("予定を見る"), "volunteer:places"), SUGGESTIONS, SEARCH),
    (_("メールや電話でのお知らせは、ここには出ません。"),),
)
NO_PEOPLE = Nothing(
    _("まだ申し込みはありません"),
    (Step(_("あなたの団体のページへ"), "organisation:home"), Step(_("ほかの募集を見てみる"), "public:roles")),
    (_("申し込みがあると、お知らせします。集まりにくいときは、日時や内容を相談窓口と考えてみてください。"),),
)
NO_DATES = Nothing(_("この月の予定はありません"), (SUGGESTIONS, SEARCH, Step(_("予定を見る"), "volunteer:places")))
NO_RECORD = Nothing(
    _("まだ、参加の記録はありません"),
    (SUGGESTIONS, SEARCH, Step(_("予定を見る"), "volunteer:places")),
    (_("参加したあと、団体が記録すると、時間と回数がここに出ます。"),),
)
NO_DAYS = Nothing(
    _("参加が決まった日は、まだありません"),
    (Step(_("あなたの団体を見る"), "organisation:home"),),
    (_("参加する方が決まると、その日がここに出ます。"),),
)
NO_DAYS_HERE = Nothing(
    _("参加が決まった日は、まだありません"),
    (Step(_("きょうの仕事に戻る"), "console:today"),),
    (_("受け持ちの地域で、参加する方が決まると、その日がここに出ます。"),),
)
NO_DESKS = Nothing(
    _("この画面でご案内できる窓口は、まだありません"), (SEARCH, Step(_("「やりたい」とは"), "public:about"))
)
NO_CASES = Nothing(
    _("連携事例は、まだありません"),
    (SEARCH, Step(_("「やりたい」とは"), "public:about")),
    (_("企業や施設と地域の団体の協力が終わり、双方がよいと言うと、ここに出ます。"),),
)
NO_ORGANISATIONS = Nothing(
    _("あなたの団体は、まだありません"),
    (Step(_("団体を登録する"), "organisation:new"), SEARCH),
    (
        _("町内会、サークル、お店、施設など、手伝いがほしい団体ならどこでも登録できます。お金はかかりません。"),
        _("同じ団体の方がもう登録しているときは、その方から招待を受けてください。"),
    ),
)
NO_OFFERS = Nothing(
    _("合う提供は見つかりませんでした"),
    (Step(_("すべての提供を見る"), "public:offers"), Step(_("募集をさがす"), "public:roles")),
    (_("ことばを短くするか、条件をへらすと、見つかるかもしれません。ほしいものは、窓口にも話してみてください。"),),
)
NO_OWN_OFFERS = Nothing(
    _("まだ、提供はありません"),
    (Step(_("あなたの団体を見る"), "organisation:home"), Step(_("ほかの提供を見る"), "public:offers")),
    (_("空いている部屋、車、物、知っていること、人の手。町の団体に使ってもらえるものを、ここに出せます。"),),
)
NO_COOPERATIONS = Nothing(
    _("いま、協力の相談はありません"),
    (Step(_("提供をさがす"), "public:offers"), Step(_("あなたの団体を見る"), "organisation:home")),
    (_("提供に申し込むか、あなたの提供に申し込みがあると、ここに出ます。"),),
)
NO_SUPPORT = Nothing(
    _("いま、しめきり前のお知らせはありません"),
    (Step(_("立ち上げのことを相談する"), "organisation:new_initiative"), Step(_("募集をさがす"), "public:roles")),
    (_("新しいお知らせは、窓口のコーディネーターがのせます。"),),
)
NO_GAPS = Nothing(
    _("いま、お見せできる数字はありません"),
    (Step(_("地域ニーズを見る"), "public:needs"), Step(_("募集をさがす"), "public:roles")),
    (_("5人より少ない数は、どなたのことかわかってしまうので出していません。"),),
)
