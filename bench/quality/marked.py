"""Stories written down with their truth: a letter for the role before each line, and fields above.

    = title: The Lamp
    T|The Lamp
    B|by Marrow

    S|It went out.

Letters joined by a stroke are a role and others as right: `P/H|`. A dash marks lines that show no text.
`= title: A || B` is a file that states two; `= or.title:` gives another right value, `= also.title:` one that may be
left out too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.quality.lines import Line, lines_of

ROLES = {
    "T": "title",
    "B": "byline",
    "H": "header",
    "W": "warning",
    "P": "spoiler",
    "N": "note",
    "U": "summary",
    "C": "chapter_heading",
    "K": "scene_break",
    "E": "epigraph",
    "L": "lyrics",
    "R": "letter",
    "S": "story",
    "X": "chrome",
}
TOLD = frozenset({"story", "lyrics", "letter", "epigraph"})
_LINE = re.compile(r"([A-Z](?:/[A-Z])*|-)\|(.*)", re.DOTALL)
_FACT = re.compile(r"= ([\w.]+): (.*)")
THE_END = "note", "story"
"""What `Z` means: "The End" and its like are a note or the story's last line, and both are right."""
MANY = frozenset({"character", "tag"})
SEVERAL = " || "
NOT_FIELDS = frozenset({"story", "disclaimer", "dedication", "chapter_count"})


@dataclass(frozen=True)
class Marked:
    facts: dict[str, str]
    lines: tuple[tuple[tuple[str, ...], str], ...]
    """Roles, none for a line without text, and what stands in the file."""


def parse(text: str) -> Marked:
    facts: dict[str, str] = {}
    lines: list[tuple[tuple[str, ...], str]] = []
    for raw in text.rstrip("\n").split("\n"):
        if (fact := _FACT.fullmatch(raw)) and not lines:
            facts[fact[1]] = fact[2]
        elif line := _LINE.fullmatch(raw):
            lines.append((_roles(line[1]), line[2]))
        elif raw.strip():
            raise ValueError(f"no role before {raw!r}")
        else:
            lines.append(((), raw))
    return Marked(facts, tuple(lines))


def _roles(letters: str) -> tuple[str, ...]:
    if letters == "Z":
        return THE_END
    return tuple(ROLES[letter] for letter in letters.split("/") if letter in ROLES)


def source_of(marked: Marked) -> str:
    return "\n".join(text for _, text in marked.lines) + "\n"


def label_of(marked: Marked, name: str, html: bool, by_hand: bool) -> dict[str, Any]:
    """The label file of a marked story, in the one form that the scorer reads."""
    rows = list(_rows(marked, html))
    told = [number for number, roles, _ in rows if roles[0] in TOLD]
    proper = [number for number, roles, _ in rows if roles[0] in TOLD - {"epigraph"}]
    has_story = marked.facts.get("story") != "no"
    return {
        "id": name,
        "by_hand": by_hand,
        "lines": [_line(number, roles, text) for number, roles, text in rows],
        "fields": _fields(marked.facts),
        "also": _also(marked.facts),
        "story_starts_at": told[0] if has_story else None,
        "story_starts_also": sorted({*_edge(rows), *proper[:1]} - {*told[:1]}) if has_story else [],
        "story_ends_at": told[-1] if has_story else None,
        "story_ends_also": sorted({*_edge(rows[::-1])} - {*told[-1:]}) if has_story else [],
        "chapter_headings": [number for number, roles, _ in rows if roles[0] == "chapter_heading"],
    }


def _edge(rows: Sequence[tuple[int, tuple[str, ...], str]]) -> Iterator[int]:
    """Where the story may begin: at each line that may be told, up to the first that is nothing else."""
    for number, roles, _ in rows:
        if TOLD & {*roles}:
            yield number
            if {*roles} <= TOLD:
                return


def _rows(marked: Marked, html: bool) -> Iterable[tuple[int, tuple[str, ...], str]]:
    """Each line of the file with the roles of the marked line that it begins in; scene breaks at an end are none."""
    starts, at = [], 0
    for _, text in marked.lines:
        starts.append(at)
        at += len(text) + 1
    for line in lines_of(source_of(marked), html):
        roles = _roles_at(marked, starts, line)
        if roles or not html or line.text == "---":
            yield line.number, roles or ("scene_break", "chrome", "story"), line.text


def _roles_at(marked: Marked, starts: list[int], line: Line) -> tuple[str, ...]:
    index = max(i for i, start in enumerate(starts) if start <= line.start)
    return marked.lines[index][0]


def _line(number: int, roles: tuple[str, ...], text: str) -> dict[str, Any]:
    row: dict[str, Any] = {"n": number, "role": roles[0], "begins": text[:24]}
    return row | {"also": list(roles[1:])} if len(roles) > 1 else row


def _fields(facts: dict[str, str]) -> dict[str, str | list[str]]:
    kept = {key: value for key, value in facts.items() if key not in NOT_FIELDS and "." not in key}
    return {key: _cut(value, "; " if key in MANY else SEVERAL) for key, value in kept.items()}


def _cut(value: str, at: str) -> str | list[str]:
    return value.split(at) if at in value or at != SEVERAL else value


def _also(facts: dict[str, str]) -> dict[str, list[str]]:
    passing = {key[5:]: [*value.split(SEVERAL), "absent"] for key, value in facts.items() if key.startswith("also.")}
    others = {key[3:]: value.split(SEVERAL) for key, value in facts.items() if key.startswith("or.")}
    return {key: [*others.get(key, ()), *passing.get(key, ())] for key in {**passing, **others}}
