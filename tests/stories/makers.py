"""What each known maker writes, as its cases promise it: `docs/dialects.md` has a table made of their `must.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "dialects.md"
BEGINS, ENDS = "<!-- made from the cases -->\n", "<!-- end -->\n"

HEAD = "| maker | form, era | case | fields | facts that no field is for | traps |\n|---|---|---|---|---|---|\n"


def cases() -> dict[str, dict[str, Any]]:
    """The cases that name a maker, by folder."""
    found = {file.parent.name: json.loads(file.read_text("utf-8")) for file in sorted(HERE.glob("*/must.json"))}
    return {name: must for name, must in found.items() if "maker" in must}


def promised(must: dict[str, Any]) -> set[str]:
    """The fields of which a case promises a value."""
    return {field for field, value in must.get("settled", {}).items() if value not in (None, [])}


def table(found: dict[str, dict[str, Any]]) -> str:
    """One row a case, by maker, then as the folders are named."""
    named = sorted(found.items(), key=lambda item: (item[1]["maker"], item[0]))
    rows = ([cell.replace("|", r"\|") for cell in _cells(name, must)] for name, must in named)
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def page_with(text: str, found: dict[str, dict[str, Any]]) -> str:
    """The page with its table made again; everything around the table stays."""
    before, _, rest = text.partition(BEGINS)
    return before + BEGINS + table(found) + ENDS + rest.partition(ENDS)[2]


def _cells(name: str, must: dict[str, Any]) -> Iterator[str]:
    yield must["maker"]
    yield ", ".join(filter(None, (must.get("form"), must.get("era"))))
    yield f"`{name}`"
    yield _listed([*sorted(promised(must)), *_beside(must)])
    yield _listed(must.get("other", {}))
    yield "; ".join(must.get("traps", ()))


def _beside(must: dict[str, Any]) -> Iterator[str]:
    """What is recovered and is no field: headings, notes, where the story stands."""
    if must.get("chapters"):
        yield "chapter headings"
    if "note" in must.get("roles", {}).values():
        yield "notes"
    if must.get("kind") == "other":
        yield "that it is no story"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
