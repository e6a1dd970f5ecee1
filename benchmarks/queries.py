"""Files of graded queries: roles, and sentences with the roles that suit them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt


class MalformedFile(ValueError):
    """The file is not what `read` expects."""


@dataclass(frozen=True, slots=True)
class Queries:
    """``roles`` and ``texts`` are sentences; ``kinds`` says of each text whether it shares words with its roles
    ("lex") or not ("para"); ``grades`` is int64 (texts, roles), 0 where a role does not suit.
    """

    roles: list[str]
    texts: list[str]
    kinds: npt.NDArray[np.str_]
    grades: npt.NDArray[np.int64]


def read(path: Path) -> Queries:
    """Read a JSON file: {"roles": [{"id", "title", "desc"}], "queries": [{"kind", "text", "rel": {role id: grade}}]}.

    Raises
    ------
    MalformedFile : the file cannot be read, is no JSON, has another form, or names a role that it does not hold.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        if not isinstance(content, dict):
            raise TypeError("it holds no object with roles and queries")
        roles = {str(role["id"]): f"{role['title']}。{role['desc']}" for role in content["roles"]}
        queries = [(str(query["kind"]), str(query["text"]), dict(query["rel"])) for query in content["queries"]]
        grades = np.zeros((len(queries), len(roles)), dtype=np.int64)
        number = {id_: position for position, id_ in enumerate(roles)}
        for row, (_, _, relevant) in enumerate(queries):
            for id_, grade in relevant.items():
                grades[row, number[str(id_)]] = int(grade)
    except OSError as wrong:
        raise MalformedFile(f"{path}: {wrong.strerror}") from wrong
    except KeyError as wrong:
        raise MalformedFile(f"{path}: no {wrong} in it") from wrong
    except (ValueError, TypeError, AttributeError) as wrong:
        raise MalformedFile(f"{path}: {wrong}") from wrong
    if not roles or not queries:
        raise MalformedFile(f"{path}: it holds no roles or no queries")
    return Queries(list(roles.values()), [text for _, text, _ in queries], np.array([k for k, _, _ in queries]), grades)
