"""The house itself: what import contracts cannot see."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import remnant

ROOT = Path(remnant.__file__).parent

ROOM_OF = {
    "cchardet": "unpack",
    "pypdfium2": "unpack",
    "selectolax": "unpack",
    "obstore": "keep",
    "pyrage": "keep",
    "tantivy": "find",
    "starlette": "web",
    "uvicorn": "web",
    "jinja2": "web",
    "segno": "web",
    "tqdm": "cli",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_each_foreign_library_is_imported_in_its_one_room() -> None:
    known = set(sys.stdlib_module_names) | {"remnant"}
    strays = [
        (name, library)
        for name, tree in modules()
        for library in imported(tree)
        if library not in known and ROOM_OF.get(library) != name.partition("/")[0]
    ]

    assert strays == []


def test_no_module_is_a_junk_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "info"}

    assert [name for name, _ in modules() if Path(name).stem in drawers] == []


def test_nothing_catches_everything() -> None:
    """Law 1 is held by total code, not by a net under it."""
    nets = [
        (name, node.lineno)
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "BaseException"))
        and name.startswith("understand")
    ]

    assert nets == []
