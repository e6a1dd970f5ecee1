"""The benchmark of sentences and roles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import queries, retrieval
from config.settings import BASE_DIR, WORD_VECTORS

FIGURES = {"ndcg10", "ndcg10_lex", "ndcg10_para", "mrr"}


def _content() -> dict[str, Any]:
    return {
        "roles": [
            {"id": 7, "title": "花壇の手入れ", "desc": "駅前の花に水をやります。"},
            {"id": 8, "title": "絵本の読み聞かせ", "desc": "園児に物語を読みます。"},
        ],
        "queries": [
            {"id": 0, "kind": "lex", "text": "花に水をやりたい", "rel": {"7": 2}},
            {"id": 1, "kind": "para", "text": "絵本を読む", "rel": {"8": 1}},
        ],
    }


def _file(tmp_path: Path, content: object) -> str:
    path = tmp_path / "queries.json"
    path.write_text(json.dumps(content), "utf-8")
    return str(path)


def test_the_last_line_is_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert retrieval.main([_file(tmp_path, _content())]) == 0
    *table, last = capsys.readouterr().out.splitlines()
    figures = json.loads(last)

    assert figures.keys() == FIGURES | {"tfidf", "vectors"}
    assert figures["tfidf"].keys() == FIGURES
    assert figures["vectors"] is WORD_VECTORS.exists()
    assert figures["ndcg10"] == figures["mrr"] == figures["tfidf"]["ndcg10_lex"] == 1.0
    assert "2 queries, 2 roles" in table[0]


def test_without_word_vectors_letters_find_no_less_than_tfidf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graded = queries.read(BASE_DIR / "benchmarks" / "data" / "queries.json")
    with_words = _numbers(retrieval.ours(graded))
    monkeypatch.setattr(retrieval, "WORD_VECTORS", tmp_path / "none.npz")
    letters, plain = _numbers(retrieval.ours(graded)), _numbers(retrieval.tfidf(graded))
    for name in FIGURES:
        assert with_words[name] > letters[name] >= plain[name], name


def _numbers(figures: retrieval.Figures) -> dict[str, float]:
    found = {name: figure for name, figure in figures.items() if figure is not None}
    assert found.keys() == FIGURES
    return found


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"roles": 3, "queries": []},
        {"roles": [], "queries": []},
        {**_content(), "queries": []},
        {**_content(), "queries": [{"kind": "lex", "text": "花", "rel": {"9": 1}}]},
        {**_content(), "queries": [{"kind": "lex", "text": "花", "rel": {"7": "much"}}]},
        {**_content(), "queries": [{"kind": "lex", "text": "花", "rel": 7}]},
        {**_content(), "roles": ["花"]},
    ],
)
def test_another_file_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object
) -> None:
    assert retrieval.main([_file(tmp_path, content)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_file_that_is_a_list_is_called_that_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, [])
    assert retrieval.main([path]) == 2
    assert capsys.readouterr().err == f"{path}: it holds no object with roles and queries\n"


def test_a_kind_without_queries_has_no_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = _content()
    assert retrieval.main([_file(tmp_path, {**content, "queries": content["queries"][1:]})]) == 0
    *table, last = capsys.readouterr().out.splitlines()
    figures = json.loads(last)
    assert figures["ndcg10_lex"] is figures["tfidf"]["ndcg10_lex"] is None
    assert figures["ndcg10_para"] == 1.0
    assert [line.split() for line in table if "lex" in line] == [["ndcg10_lex", "–", "–"]]


def test_no_file_or_no_json_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text").write_bytes(b"\xff\xfe{")
    for path in (tmp_path / "none", tmp_path / "text", tmp_path):
        assert retrieval.main([str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert retrieval.main([]) == 2
    assert "FILE" in capsys.readouterr().err
