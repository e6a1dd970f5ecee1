"""What people wrote, as numbers: character n-grams, because Japanese puts no spaces between words.

Kana and kanji are cut into pieces of 1 to 3 characters, words in Latin letters into pieces of 3 and 4 characters with
a space at either end. Nothing reaches across a space, a full stop or a change between the two, so no piece is made of
the end of one sentence and the beginning of the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.engine.problem import Float, Int

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

    def __init__(self, vocabulary: Mapping[str, int], rarity: Float) -> None:
        self._vocabulary = vocabulary
        self._rarity = rarity

    @classmethod
    def fit(cls, role_texts: Sequence[str]) -> TextModel:
        """Learn which pieces there are and how rare each is.

        Parameters
        ----------
        role_texts : all that the roles say, one text each. None at all, or only empty ones, are fine: nothing is
            known then, and no text is like another.
        """
        if not any(pieces(text) for text in role_texts):
            return cls({}, np.empty(0))
        vectorizer = TfidfVectorizer(analyzer=pieces, dtype=np.float64).fit(role_texts)
        return cls(vectorizer.vocabulary_, vectorizer.idf_)

    def transform(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return the texts as rows of length 1, or 0 where a text has no letter.

        Parameters
        ----------
        texts : folded or not.

        Returns
        -------
        sparse float32 (texts, terms). The product of two rows is the cosine of their angle, in [0, 1].
        """
        known = len(self._vocabulary)
        counts = _counts(texts, self._vocabulary)
        weights, strangers = counts[:, :known], counts[:, known:]
        weights.data = (1.0 + np.log(weights.data)) * self._rarity[weights.indices]
        unknown = np.sqrt(np.diff(strangers.indptr)) * self._rarity.max(initial=1.0)
        return _of_length_1(sparse.hstack([weights, sparse.csr_array(unknown[:, None])], format="csr"))


def _counts(texts: Sequence[str], vocabulary: Mapping[str, int]) -> sparse.csr_array:
    """Count the pieces of each text, float64 (texts, columns); what is not in the vocabulary gets a column after it.

    Names of activities come again and again, so every run of letters is cut only once.
    """
    column = defaultdict(count(len(vocabulary)).__next__, vocabulary)
    columns_of: dict[str, Int] = {}
    found, sizes = [np.empty(0, dtype=np.int32)], []
    for text in texts:
        runs = [run[0] for run in _RUN.finditer(fold(text))]
        for run in runs:
            if run not in columns_of:
                columns_of[run] = np.array([column[piece] for piece in pieces(run)], dtype=np.int32)
        found += [columns_of[run] for run in runs]
        sizes.append(sum(len(columns_of[run]) for run in runs))
    indices, start = np.concatenate(found), np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    table = sparse.csr_array((np.ones(len(indices)), indices, start), shape=(len(texts), len(column)))
    table.sum_duplicates()
    return table


def _of_length_1(rows: sparse.csr_array) -> sparse.csr_array:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    shrink = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_array(sparse.diags_array(shrink) @ rows, dtype=np.float32)
