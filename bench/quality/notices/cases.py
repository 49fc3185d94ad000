"""Reads labelled notices: a line of text, then a line for each thing it says, `= relation | canon | parts`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NONE = "none"
NOT_GATING = frozenset({NONE, "set before"})


@dataclass(frozen=True, slots=True)
class Want:
    """One thing a notice says. `parts` are texts as in a claim's detail; none where nobody could say which."""

    relation: str
    canon: str | None
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A line and what it says; nothing, if it is no notice."""

    text: str
    wants: tuple[Want, ...]

    @property
    def gates(self) -> bool:
        return any(want.relation not in NOT_GATING for want in self.wants)


def cases(path: Path) -> list[Case]:
    """The cases of a file; ValueError names a line that is none."""
    blocks = re.split(r"\n{2,}", path.read_text("utf-8").strip())
    return [_case(block) for block in blocks if not block.startswith("#")]


def _case(block: str) -> Case:
    text, *wants = block.splitlines()
    return Case(text, tuple(map(_want, wants)))


def _want(line: str) -> Want:
    if not line.startswith("= ") or line.count("|") != 2:
        raise ValueError(f"No label: {line}")
    relation, canon, parts = (part.strip() for part in line.removeprefix("= ").split("|"))
    said = [part.strip() for part in re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", parts) if part.strip()]
    return Want(relation, canon or None, tuple(_part(part) for part in said if part != "?"))


def _part(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"title \1", text)
