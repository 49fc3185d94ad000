"""What destinations of an RTF file say: its fonts, its styles, its properties, where links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from remnant.understand.draft import Fact
from remnant.understand.formats.blocks import Lines
from remnant.understand.formats.looks import Style, named
from remnant.understand.formats.rtf_letters import Letter
from remnant.understand.formats.rtf_words import Token, of_charset, of_page
from remnant.understand.formats.source import Source
from remnant.understand.formats.surroundings import safe_link

_HYPERLINK = re.compile(r"""\s*HYPERLINK\s+(\\{1,2}l\s+)?(?:"([^"]*)"|(\S+))""", re.IGNORECASE)
_INFO = {"title": "title", "author": "creator", "subject": "subject", "keywords": "keywords", "doccomm": "description"}
_OUTER = {"fonttbl": "fonts", "stylesheet": "styles", "info": "info", "fldinst": "field", "bkmkstart": "bookmark"}
_DATE = ("yr", "mo", "dy")
_MOST = 4_000
"""Characters of an instruction, a name or a property; what is longer is cut there."""


@dataclass(slots=True)
class _Gathered:
    """Text of one destination, and where it stands."""

    pieces: list[str] = field(default_factory=list)
    start: int = -1
    end: int = -1
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, start: int, end: int) -> None:
        if len(self.pieces) < _MOST:
            self.pieces.append(text[:_MOST])
            self.start = start if self.start < 0 else self.start
            self.end = end

    @property
    def value(self) -> str:
        return "".join(self.pieces)[:_MOST].strip()


class Sayings:
    """What was said so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.facts: list[Fact] = []
        self.fonts: dict[int, str] = {}
        self.styles: dict[int, Style] = {}
        self._font = 0
        self._open: dict[str, _Gathered] = {}

    def gathers(self, name: str, inside: str) -> str:
        """What the text of a group is gathered for, if its first word is `name`; empty if for nothing."""
        if inside == "info" and (name in _INFO or name == "creatim"):
            self._open[f"info {name}"] = _Gathered()
            return f"info {name}"
        if not inside and name in _OUTER:
            self._open[_OUTER[name]] = _Gathered()
            return _OUTER[name]
        return ""

    def gather(self, what: str, letter: Letter) -> None:
        """A letter of what is gathered."""
        self._open[what].add(letter.meaning, letter.start, letter.end)
        if what == "styles" and letter.meaning.rstrip().endswith(";"):
            self._end_style()

    def word(self, what: str, token: Token) -> None:
        """A control word in what is gathered."""
        gathered = self._open[what]
        if what == "fonts":
            self._of_font(token)
        elif what == "info creatim" and token.name in _DATE and token.number is not None:
            gathered.numbers[token.name] = token.number
            gathered.add("", token.start, token.end)
        elif what == "styles" and token.name in {"s", "cs", "ds", "ts"}:
            gathered.pieces.clear()
            gathered.numbers["s"] = (token.number or 0) if token.name == "s" else -1

    def say(self, what: str, lines: Lines) -> str | None:
        """The destination is over: what it said is kept. The address, if it was that of a link."""
        gathered = self._open.pop(what, _Gathered())
        if what == "bookmark" and gathered.value:
            lines.anchor(gathered.start, gathered.value)
        elif what == "field":
            found = _HYPERLINK.match(gathered.value)
            return safe_link(f"{'#' if found[1] else ''}{found[2] or found[3] or ''}") if found else None
        elif what.startswith("info "):
            self._state(what.removeprefix("info "), gathered)
        return None

    def _state(self, name: str, gathered: _Gathered) -> None:
        value = gathered.value
        if name == "creatim" and gathered.numbers.get("yr"):
            year, month, day = (gathered.numbers.get(part, 0) for part in _DATE)
            value = f"{year:04}-{month:02}-{day:02}" if month and day else str(year)
        if value:
            region = self.source.region(gathered.start, gathered.end)
            self.facts.append(Fact(f"core:{_INFO.get(name, 'created')}", value, region))

    def _of_font(self, token: Token) -> None:
        if token.name == "f":
            self._font = token.number or 0
        elif token.name in {"fcharset", "cpg"}:
            page = of_charset(token.number) if token.name == "fcharset" else of_page(token.number)
            if page is not None:
                self.fonts[self._font] = page

    def _end_style(self) -> None:
        gathered = self._open["styles"]
        name = gathered.value.rstrip(";").strip().lower()
        number = gathered.numbers.get("s", 0)
        if number >= 0:
            self.styles[number] = named(name)
        gathered.pieces.clear()
