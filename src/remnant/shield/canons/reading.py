"""From the text of a canon file to a canon, or to what is wrong with it and where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import Canon
from remnant.shield.canons.building import Builder
from remnant.shield.canons.fields import Where

LONGEST = 500_000
"""Characters of a file."""
LONGEST_HEADING = 200
"""Characters of a line that opens a table; a reader of TOML goes down one step for each dot in it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a canon file, in which line (from one; None for the file as a whole), and what to do."""

    line: int | None
    message: str
    remedy: str


def read(text: str) -> Canon | tuple[Problem, ...]:
    """Read a canon file. It is a canon only if nothing is wrong with it."""
    if problem := _too_much(text):
        return (problem,)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        return (Problem(None, "Brackets stand too deep in brackets.", "A canon file needs three levels at most."),)
    except ValueError as why:
        return (_not_toml(str(why)),)
    builder = Builder()
    canon = builder.canon(table)
    if canon is not None and not builder.faults:
        return canon
    lines = _Lines(text)
    return tuple(Problem(lines.of(fault.where), fault.message, fault.remedy) for fault in builder.faults)


def _too_much(text: str) -> Problem | None:
    if len(text) > LONGEST:
        return Problem(None, f"The file has {len(text):,} characters.", f"A canon has {LONGEST:,} at most; divide it.")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("[") and len(line) > LONGEST_HEADING:
            return Problem(number, "This heading is too long.", "A heading is [[series]], [[arcs]] or [[crossings]].")
    return None


_AT_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)")


def _not_toml(why: str) -> Problem:
    found = _AT_LINE.search(why)
    message = _AT_LINE.sub("", why).rstrip(".")
    return Problem(
        int(found[1]) if found else None,
        f"This is not TOML: {message}{f' (column {found[2]})' if found else ''}.",
        'Names stand in "quotation marks", dates bare (2009-07-09), and every {...} in a list ends with a comma.',
    )


class _Lines:
    """Where in the text something stands that TOML's reader gives no place for: by its table, then by its words."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._tables = list(self._found_tables())

    def _found_tables(self) -> Iterator[tuple[str, int, int]]:
        starts = [(found[1], number) for number, line in enumerate(self._lines) if (found := _TABLE.match(line))]
        ends = [*(number for _, number in starts[1:]), len(self._lines)]
        yield "", 0, starts[0][1] if starts else len(self._lines)
        yield from ((name, start, end) for (name, start), end in zip(starts, ends, strict=False))

    def of(self, where: Where) -> int | None:
        """The line of the nth table of a name, or of the part in it that has these words."""
        name, nth, part, words = where
        tables = [(start, end) for table, start, end in self._tables if table == name]
        if nth >= len(tables):
            return None
        start, end = tables[nth]
        if part is not None:
            start = next((at for at in range(start, end) if self._lines[at].lstrip().startswith("parts")), start)
            rows = [at for at in range(start, end) if self._lines[at].lstrip().startswith(("{", '"', "'"))]
            if part < len(rows):
                return rows[part] + 1
        holding = [at for at in range(start, end) if words and words in self._lines[at]]
        return (holding[0] if holding else start) + 1


_TABLE = re.compile(r"\s{0,20}\[\[\s{0,20}(\w{1,40})\s{0,20}\]\]")
