"""What holds at a place in an RTF file: for the text of a group, and for the paragraphs that follow."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.model import Mark, SkipClass
from remnant.understand.draft import Element
from remnant.understand.formats.looks import PLAIN, Style


@dataclass(frozen=True, slots=True)
class State:
    """What holds inside a group. `begins` until its first word, by which a group says what its text is for."""

    marks: frozenset[Mark] = frozenset()
    struck: bool = False
    hidden: bool = False
    skipping: SkipClass | None = None
    gathering: str = ""
    fallback: int = 1
    font: int = -1
    href: str | None = None
    aside: Element | None = None
    begins: bool = False
    starred: bool = False


@dataclass(slots=True)
class Setting:
    """What holds for paragraphs, until `\\pard`."""

    style: Style = PLAIN
    level: int | None = None
    centred: bool = False
    ruled: bool = False
    listed: int = 0
    cell: bool = False
