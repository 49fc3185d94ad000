"""What a Word document leaves to the program: fields that it fills in, and notes that it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from remnant.understand.formats.surroundings import safe_link

_HYPERLINK = re.compile(r"""\s*HYPERLINK\s+(\\l\s+)?(?:"([^"]*)"|(\S+))""", re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
MAX_FIELDS = 64
"""Fields inside one another; those beyond are read as if they were not there."""
_MAX_INSTRUCTION = 4_000


@dataclass(slots=True)
class Field:
    """A place that the program fills in: its instruction first, then what it came to."""

    instruction: list[str] = field(default_factory=list)
    shown: bool = False
    link: str | None = None
    contents: bool = False

    def show(self) -> None:
        """The instruction is whole; what follows is shown."""
        said = "".join(self.instruction)[:_MAX_INSTRUCTION]
        self.shown, self.contents = True, _CONTENTS.match(said) is not None
        found = _HYPERLINK.match(said)
        if found:
            self.link = safe_link(f"{'#' if found[1] else ''}{found[2] or found[3] or ''}")


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes, each kind counted in the order in which they are cited."""

    numbers: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """The number of the note `footnote-ID` or `endnote-ID`, its turn come if it is new."""
        if name not in self.numbers:
            kind = name.partition("-")[0]
            self.numbers[name] = self._counts[kind] = self._counts.get(kind, 0) + 1
        return self.numbers[name]
