"""The house stands as docs/architecture.md says; what import-linter and ruff cannot see is checked here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from worker import tasks
from worker.celery import app as celery_app
from worker.schedule import SCHEDULE

ROOT: Path = settings.BASE_DIR
STACK = ["config", "web", "worker", "matching", "volunteers", "organisations", "notifications", "accounts"]
BESIDE = ["benchmarks", "tests"]
DOMAIN = STACK[3:]
LONGEST_FILE = 400
NAMELESS = {"utils", "util", "common", "core", "helpers", "misc"}
WRITES = {"update", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def test_foreign_keys_point_to_the_right() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in STACK
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label in STACK
        and STACK.index(field.related_model._meta.app_label) < STACK.index(model._meta.app_label)
    ]
    assert wrong == []


def test_top_level_packages_are_fixed() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= {*STACK, *BESIDE}
    assert packages >= set(STACK)


def test_no_source_file_is_too_long() -> None:
    pages = [path for kind in ("html", "css", "js") for path in (ROOT / "web").rglob(f"*.{kind}")]
    ours = [*sources(*STACK, *BESIDE), *(path for path in pages if "vendor" not in path.parts)]
    assert len(ours) > len(pages) > 0
    assert {str(path): lines for path in ours if (lines := path.read_text().count("\n")) > LONGEST_FILE} == {}


def test_every_module_has_a_name_of_its_own() -> None:
    nameless = [str(path) for path in sources(*STACK, *BESIDE) if {path.stem, path.parent.name} & NAMELESS]
    assert nameless == []


def test_every_task_is_in_the_schedule_and_back() -> None:
    ours = {name for name in celery_app.tasks if name.startswith(f"{tasks.__name__}.")}
    assert ours == {entry.task for entry in SCHEDULE}
    assert all(entry.why for entry in SCHEDULE)


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        f"{path}:{statement.lineno}"
        for path in sources(*STACK)
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and function.name != "ready"
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def _writes(path: Path) -> Iterator[str]:
    """Calls that change rows: ``row.save()``, ``row.delete()``, ``….objects.create()`` and so on."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            receiver = ast.unparse(node.func.value)
            is_queryset = any(sign in receiver for sign in ("objects", "queryset", "filter(", "all("))
            if node.func.attr in {"save", "delete"} or (is_queryset and node.func.attr in WRITES):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}"


def test_web_never_writes_rows_itself() -> None:
    assert [call for path in sources("web") for call in _writes(path)] == []


def test_every_permission_exists_and_is_used() -> None:
    from web.permissions import PERMISSIONS  # noqa: PLC0415  registers the rules

    text = "\n".join(p.read_text() for p in sources("web") if "permissions" not in p.parts)
    text += "\n".join(p.read_text() for p in (ROOT / "web").rglob("*.html"))
    assert [name for name in PERMISSIONS if f'"{name}"' not in text and f"'{name}'" not in text] == []
    wanted = set(re.findall(r"""(?:require|has_perm|may)\(\s*[\w.]+,\s*["']([a-z_]+\.[a-z_]+)["']""", text))
    assert wanted <= set(PERMISSIONS)


def test_migrations_are_one_line() -> None:
    for name in DOMAIN:
        folder = ROOT / name / "migrations"
        numbers = [path.stem[:4] for path in sorted(folder.glob("[0-9]*.py"))]
        assert numbers == [f"{i:04}" for i in range(1, len(numbers) + 1)], name
