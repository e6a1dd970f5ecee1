"""What invented people would like to do, in their words, and how like them a role's text is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

WISHES = (
    "お祭りやイベントの手伝いがしたい",
    "子どもと遊んだり、見守ったりしたい",
    "花や緑を育てたい。公園の花壇の手入れ",
    "子ども食堂で料理や配膳を手伝いたい",
    "お年寄りの話し相手になりたい",
    "犬や猫など動物の世話をしたい",
    "音楽や楽器の演奏を聴いてもらいたい",
    "スポーツ大会や運動会の手伝い",
    "小学生の宿題や勉強を教えたい",
    "絵本の読み聞かせがしたい",
    "街のごみ拾い、清掃活動に参加したい",
    "写真を撮るのが好き。広報の手伝い",
    "外国から来た人に日本語を教えたい",
    "パソコンやスマホの使い方を教えたい",
    "手芸や裁縫、ものづくりが好き",
    "料理やお菓子づくりが好き",
    "体操や健康づくりの集まりを手伝いたい",
    "車で送り迎え、買い物の付き添いができる",
    "登下校の見守り、横断歩道の旗振り",
    "防災訓練や災害への備えに関わりたい",
    "将棋や囲碁の相手ができる",
    "障害のある人の外出や余暇を一緒に楽しみたい",
    "野菜づくり、畑仕事がしたい",
    "家具の組み立てや電球の交換など、ちょっとした力仕事",
    "英語や中国語の通訳、翻訳ができる",
    "カフェやサロンの受付、お茶出し",
    "おもちゃや電化製品の修理が得意",
    "赤ちゃんやお母さんの子育てを助けたい",
    "文化や歴史を案内したい、まち歩き",
    "ウェブサイトやチラシのデザイン",
    "お弁当を配りながら様子を見に行く",
    "庭の草取り、雑草むしり",
    "点字や手話、朗読の活動",
    "会計や書類づくりなど事務の手伝い",
    "フードバンクの仕分け、荷物運び",
    "家でできる作業、データ入力",
)

NOISE, STEP = 0.03, 0.15
"""A cosine at or below the first says nothing; .1 gives .37, .3 gives .83."""


def likeness(wishes: Sequence[str], texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return how much each text is about each wish, float64 (wishes, texts), in [0, 1]."""
    model = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True).fit([*wishes, *texts])
    cosine = (model.transform(wishes) @ model.transform(texts).T).toarray()
    return np.asarray(-np.expm1(-np.maximum(cosine - NOISE, 0.0) / STEP))
