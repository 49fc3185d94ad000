"""Labels without a colon: "Title ..... X", "Title - X", columns, a bold word before its value, the cell before another.

Each is a label only among others of its kind, and who asks must look for them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from remnant.model import BlockKind, Mark
from remnant.understand.draft import Line
from remnant.understand.hints import holds_any
from remnant.understand.labels import LABELS, Label, dashed, label_of, named_with
from remnant.understand.places import rows_of

FURTHEST_SIGN = 90
"""Characters within which the sign behind a label stands."""
_DASH = re.compile(r"\w\s*[-–—]\s")
_ANY_DASH = re.compile(r"[-–—]\s")
_DASHES = ("-", "–", "—")
_LEADERS = ("...", "…", "___", "\t", "   ", " > ", " » ", " → ", " => ", " | ", " ~ ")


class Found(NamedTuple):
    """A label, and where its value stands in the text of the line."""

    label: Label
    start: int
    end: int


@cache
def _leaders() -> re.Pattern[str]:
    """A label, and what leads from it to a column of values: dots, a tab, many blanks."""
    return re.compile(
        named_with(r"[ \t]*(?:\.{3,}|…+|_{3,}):?[ \t]*|:?\t[ \t]*|[ \t]{3,}|[ \t](?:=?>|[»→|~])[ \t]"), re.IGNORECASE
    )


def leads(text: str) -> bool:
    """Whether a label and what leads to its value begin a row."""
    return holds_any(text[:FURTHEST_SIGN], _LEADERS) and _leaders().match(text) is not None


def dashed_rows(line: Line) -> tuple[Found, ...]:
    """ "Title - X" over "Author - Y": dashes will do where every written line of a block has one behind a label."""
    rows = list(rows_of(line))
    if len(rows) < 2 or not all(_ANY_DASH.search(row.text) for row in rows):
        return ()
    found = [dashed().match(row.text) for row in rows]
    return tuple(
        Found(label_of(match), row.start + match.end(), row.start + len(row.text))
        for row, match in zip(rows, found, strict=False)
        if match is not None and all(found)
    )


def of_line(line: Line) -> Found | None:
    """The label that a line begins with, by a dash, by leaders or by its type."""
    text = line.text
    near = text[:FURTHEST_SIGN]
    if holds_any(near, _DASHES) and _DASH.search(near) and (match := dashed().match(text)):
        return Found(label_of(match), match.end(), len(text))
    if holds_any(near, _LEADERS) and (match := _leaders().match(text)):
        return Found(label_of(match), match.end(), len(text))
    return _emboldened(line)


def _emboldened(line: Line) -> Found | None:
    """A label in bold type before a value that is not."""
    if not is_emboldened(line):
        return None
    at = len(line.spans[0].text)
    return Found(_LABELS_ALONE[_folded(line.spans[0].text)], at, len(line.text))


def is_emboldened(line: Line) -> bool:
    """Whether a line begins with a label in bold type, and goes on in another."""
    if len(line.spans) < 2:
        return False
    first, second = line.spans[:2]
    return Mark.STRONG in first.marks and Mark.STRONG not in second.marks and _folded(first.text) in _LABELS_ALONE


def of_cell(line: Line) -> Label | None:
    """The label that a cell of a table, or a term of a list of terms, is and nothing else."""
    if len(line.text) > FURTHEST_SIGN or not (line.kind is BlockKind.TABLE or line.within("dt")):
        return None
    return _LABELS_ALONE.get(_folded(line.text))


def _folded(text: str) -> str:
    return " ".join(text.split()).strip(" *_-–—.").lower()


_LABELS_ALONE = {name: label for name, label in LABELS.items() if label.field is not None}
