"""Every sentence of the source that is meant for people, found without GNU gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_CONTEXT = {"npgettext", "npgettext_lazy"}

_STRING = r"""u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*\""""
_CALL = re.compile(
    rf"\b({'|'.join(sorted(PLAIN | PLURAL | CONTEXT | PLURAL_CONTEXT))})\(\s*((?:{_STRING}|[\s,]|count)+)\)"
)


@dataclass(frozen=True, order=True)
class Sentence:
    """A message id as it stands in the source, with the first place it was found."""

    singular: str
    plural: str | None = None
    context: str | None = None


def find(root: Path, packages: list[str]) -> dict[Sentence, list[str]]:
    """Return each sentence of the *packages* below *root* with the files that hold it."""
    found: dict[Sentence, list[str]] = {}
    for package in packages:
        for path in sorted((root / package).rglob("*")):
            place = path.relative_to(root).as_posix()
            for sentence in _of_file(path):
                places = found.setdefault(sentence, [])
                if place not in places:
                    places.append(place)
    return found


def _of_file(path: Path) -> Iterator[Sentence]:
    if "migrations" in path.parts:
        return
    if path.suffix == ".py":
        yield from _of_python(path.read_text("utf-8"))
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        yield from _of_template(path.read_text("utf-8"), path.name)


def _of_python(source: str) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            yield from _sentence(name, [word for word in words if isinstance(word, str)])


def _of_template(source: str, name: str) -> Iterator[Sentence]:
    for call in _CALL.finditer(templatize(source, name)):
        words = [ast.literal_eval(word) for word in re.findall(_STRING, call.group(2))]
        yield from _sentence(call.group(1), words)


def _sentence(name: str, words: list[str]) -> Iterator[Sentence]:
    if name in PLAIN and len(words) >= 1:
        yield Sentence(words[0])
    elif name in PLURAL and len(words) >= 2:
        yield Sentence(words[0], words[1])
    elif name in CONTEXT and len(words) >= 2:
        yield Sentence(words[1], context=words[0])
    elif name in PLURAL_CONTEXT and len(words) >= 3:
        yield Sentence(words[1], words[2], words[0])
