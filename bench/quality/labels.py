"""The truth about a file: a role for each labelled line, and the fields that it states."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIELD_NAMES = {
    "fandoms": "fandom",
    "warnings": "warning",
    "characters": "character",
    "relationships": "relationship",
    "spoilers": "spoiler",
    "words": "wordcount",
}
ABSENT = "absent"
SINGLE = frozenset({"title", "summary", "rating", "status", "language", "published", "updated", "wordcount"})


@dataclass(frozen=True)
class Truth:
    """`roles` maps a line's number to the roles that are right for it, best first.

    `fields` are the stated values; `also` other right values, among them "absent" where leaving it blank is right too.
    """

    name: str
    file: Path
    heldout: bool
    by_hand: bool
    is_story: bool
    roles: Mapping[int, tuple[str, ...]]
    fields: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]]
    begins: frozenset[int]
    ends: frozenset[int]
    chapters: tuple[int, ...]


def read(folder: Path, heldout: bool) -> list[Truth]:
    """Our own labels: one JSON beside each story."""
    return [
        from_json(json.loads(file.read_text("utf-8")), file.with_suffix(""), heldout)
        for file in sorted(folder.glob("*.json"))
    ]


def read_lines(labels: Path, stories: list[Path]) -> list[Truth]:
    """Labels of other people's stories: an object a line, each naming a file by its stem."""
    files = {file.stem: file for folder in stories for file in sorted(folder.iterdir()) if file.is_file()}
    records = [json.loads(line) for line in labels.read_text("utf-8").splitlines() if line.strip()]
    return [from_json(record, files[record["id"]], False) for record in records if record["id"] in files]


def from_json(record: Mapping[str, Any], file: Path, heldout: bool) -> Truth:
    begins, ends = record["story_starts_at"], record["story_ends_at"]
    roles = {line["n"]: (line["role"], *line.get("also", ())) for line in record["lines"]}
    return Truth(
        name=record["id"],
        file=file,
        heldout=heldout,
        by_hand=record.get("by_hand", True),
        is_story=begins is not None,
        roles=roles,
        fields={_name(key): _values(value) for key, value in record["fields"].items() if _values(value)},
        also={_name(key): _values(value) for key, value in record["also"].items()},
        begins=frozenset({begins, *record.get("story_starts_also", ())} - {None}),
        ends=frozenset({ends, *record.get("story_ends_also", ())} - {None}),
        chapters=tuple(record["chapter_headings"]),
    )


def _name(key: str) -> str:
    return FIELD_NAMES.get(key, key)


def _values(value: Any) -> tuple[str, ...]:
    """A field that is only said to be there, or is an object, has no value to compare."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str))
    if isinstance(value, dict) and value.get("title"):
        return (str(value["title"]),)
    return ()
