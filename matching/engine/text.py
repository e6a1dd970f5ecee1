"""What people wrote, as numbers: character n-grams, because Japanese puts no spaces between words.

Kana and kanji are cut into pieces of 1 to 3 characters, words in Latin letters into pieces of 3 and 4 characters with
a space at either end. Nothing reaches across a space, a full stop or a change between the two, so no piece is made of
the end of one sentence and the beginning of the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.engine.problem import Float

_RUN = re.compile(
    r"(?P<word>[0-9a-z\u00c0-\u024f\u1e00-\u1eff]+)|(?P<kanji_kana>[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff]+)"
)
_SYLLABLES = re.compile(r"[\u3041-\u309f\u30fc]{1,2}|[\u30a0-\u30ff]")
# 鶴ヶ峰, 鶴ケ峰 and 鶴が峰 are one place; ケ inside katakana is folded too, on both sides alike.
_KE = str.maketrans(dict.fromkeys("ヶケヵ", "が"))


def fold(text: str) -> str:
    """Bring one spelling out of many: NFKC, lower case, ヶ/ケ/ヵ as が.

    Text that was folded before stays as it is.
    """
    return unicodedata.normalize("NFKC", text).lower().translate(_KE)


def pieces(text: str) -> list[str]:
    """Cut a text into the n-grams by which texts are compared.

    One or two hiragana alone are left out, for they are mostly endings (した, ます), and so is a single katakana.
    """
    return [piece for run in _RUN.finditer(fold(text)) for piece in _cut(run)]


def _cut(run: re.Match[str]) -> Iterator[str]:
    if run["word"]:
        yield from _n_grams(f" {run['word']} ", (3, 4))
        return
    for piece in _n_grams(run["kanji_kana"], (1, 2, 3)):
        if not _SYLLABLES.fullmatch(piece):
            yield piece


def _n_grams(text: str, lengths: tuple[int, ...]) -> Iterator[str]:
    for length in lengths:
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


class TextModel:
    """TF-IDF over `pieces`, learnt from the roles; then for roles and people alike.

    The last column is no piece: it holds what of a text no role ever said, so that a wish of which a role shares one
    chance syllable is not taken for a wish that the role grants. Its weight is that of as many pieces of the rarest
    kind.
    """

    def __init__(self, vectorizer: TfidfVectorizer | None) -> None:
        self._vectorizer = vectorizer

    @classmethod
    def fit(cls, role_texts: Sequence[str]) -> TextModel:
        """Learn which pieces there are and how rare each is.

        Parameters
        ----------
        role_texts : all that the roles say, one text each. None at all, or only empty ones, are fine: nothing is
            known then, and no text is like another.
        """
        vectorizer = TfidfVectorizer(analyzer=pieces, sublinear_tf=True, norm=None, dtype=np.float64)
        if not any(pieces(text) for text in role_texts):
            return cls(None)
        return cls(vectorizer.fit(role_texts))

    def transform(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return the texts as rows of length 1, or 0 where a text has no letter.

        Parameters
        ----------
        texts : folded or not.

        Returns
        -------
        sparse float32 (texts, terms). The product of two rows is the cosine of their angle, in [0, 1].
        """
        if self._vectorizer is None:
            return sparse.csr_array((len(texts), 1), dtype=np.float32)
        if not texts:
            return sparse.csr_array((0, len(self._vectorizer.vocabulary_) + 1), dtype=np.float32)
        known = sparse.csr_array(self._vectorizer.transform(texts))
        unknown = sparse.csr_array(self._unknown(texts)[:, None])
        return _of_length_1(sparse.hstack([known, unknown], format="csr"))

    def _unknown(self, texts: Sequence[str]) -> Float:
        """Return, float64 (texts,), the weight of the pieces that no role used."""
        assert self._vectorizer is not None  # noqa: S101 -- asked by transform
        known, rarest = self._vectorizer.vocabulary_.keys(), self._vectorizer.idf_.max()
        strangers = [len(set(pieces(text)) - known) for text in texts]
        return np.asarray(np.sqrt(strangers) * rarest)


def _of_length_1(rows: sparse.csr_array) -> sparse.csr_array:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    shrink = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_array(sparse.diags_array(shrink) @ rows, dtype=np.float32)
