"""How well a sentence finds the roles that suit it.

    python -m benchmarks.retrieval FILE

Prints a table, and as its last line the same as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks import ranking
from benchmarks.queries import MalformedFile, Queries, read
from config.settings import BASE_DIR, WORD_VECTORS
from matching.engine.text import TextModel, load

VOCABULARY = BASE_DIR / "volunteers" / "sample" / "data" / "vocabulary.yaml"
Figures = dict[str, float | None]
"""None where a file has no queries of that kind."""


def model() -> TextModel:
    """Return the model as the service has it, with the activities of the sample vocabulary."""
    activities = yaml.safe_load(VOCABULARY.read_text("utf-8"))["activities"]
    return load(WORD_VECTORS, [[row["ja"], row["en"], *row.get("synonyms", ())] for row in activities])


def ours(queries: Queries) -> Figures:
    """Return the figures of the text model."""
    turn = model().vectors
    return _figures(turn(queries.texts).astype(np.int64) @ turn(queries.roles).T.astype(np.int64), queries)


def tfidf(queries: Queries) -> Figures:
    """Return the figures of plain TF-IDF of 2 and 3 characters, learnt from the roles."""
    learnt = TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit(queries.roles)
    return _figures((learnt.transform(queries.texts) @ learnt.transform(queries.roles).T).toarray(), queries)


def _figures(scores: np.typing.NDArray[np.generic], queries: Queries) -> Figures:
    gains = ranking.ndcg(scores, queries.grades)
    kinds = {"ndcg10": gains} | {f"ndcg10_{kind}": gains[queries.kinds == kind] for kind in ("lex", "para")}
    figures = {name: round(float(part.mean()), 4) if part.size else None for name, part in kinds.items()}
    return figures | {"mrr": round(float(ranking.reciprocal_rank(scores, queries.grades).mean()), 4)}


def report(queries: Queries) -> str:
    """Return the table and the line of JSON."""
    found, plain = ours(queries), tfidf(queries)
    width = max(map(len, found))
    lines = [f"{len(queries.texts)} queries, {len(queries.roles)} roles", f"{'':{width}}   ours   TF-IDF"]
    lines += [f"{name:{width}}  {_shown(found[name])}    {_shown(plain[name])}" for name in found]
    return "\n".join([*lines, json.dumps({**found, "tfidf": plain, "vectors": WORD_VECTORS.exists()})])


def _shown(figure: float | None) -> str:
    return "    –" if figure is None else f"{figure:.3f}"


def main(arguments: list[str]) -> int:
    match arguments:
        case [path]:
            try:
                print(report(read(Path(path))))
            except MalformedFile as wrong:
                print(wrong, file=sys.stderr)
                return 2
            return 0
    print((__doc__ or "").strip(), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
