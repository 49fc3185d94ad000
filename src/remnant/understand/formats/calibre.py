"""A book as it stands in a calibre library: what calibre wrote of it beside the book, its cover, its other forms.

Each value that calibre states is a part of its own, so no excerpt shows what stands beside it: a library's owner keeps
stars, marks of what was read and remarks in the same file, and those are nobody's testimony on the story.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from remnant.model import Finding, Original, Part, Skip, SkipClass
from remnant.understand.calibre import COLUMNS
from remnant.understand.draft import Draft, Fact, Leaf, Volume
from remnant.understand.findings import finding
from remnant.understand.formats import draft_of
from remnant.understand.formats.keys import Keys
from remnant.understand.formats.package import read_package
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack.decode import decode

RECORD = "metadata.opf"

Files = Mapping[str, tuple[Original, bytes]]

_ROOT = re.compile(r"calibre (\d{0,9})")
_COLUMN = "meta:calibre:user_metadata:"
MOST_COLUMNS = 200
MOST_VALUES = 1_000
"""Of one column."""
LONGEST_NAME = 60

SAME = 0.98
"""Of the words of another form of a book, how many must be in the book for it to say the same."""

_STATED = frozenset(
    {"dc:title", "dc:creator", "dc:description", "dc:publisher", "dc:language", "dc:subject", "dc:date"}
    | {"dc:identifier", "meta:calibre:series"}
)
_PRIVATE = frozenset({"meta:calibre:rating", "meta:calibre:annotation", "meta:calibre:user_categories"})
"""What its owner thought of a book and where they stopped reading."""
_OF_STORIES = frozenset({"text", "enumeration", "int", "series", "float", "datetime"})
"""Kinds of columns that may hold what a story's own header would say."""


def root_of(beside: Files) -> str | None:
    """Where calibre's own files stand in a bundle; None if this is no book of a calibre library."""
    roots = (path.rpartition("/")[0] for path in beside)
    return next((root for root in roots if _ROOT.fullmatch(root)), None)


def volume(original: Original, data: bytes, beside: Files, root: str) -> Volume:
    """The book with what calibre says of it. Its piece is the one that the book alone would have."""
    draft = draft_of(original, data)
    read = _Record(root, beside)
    for path, (other, content) in beside.items():
        if path == f"{root}/{RECORD}":
            read.record(other, content)
        elif path.startswith(f"{root}/book."):
            read.other_form(draft, path, other, content)
        elif path.startswith(f"{root}/"):
            read.kept(path, other)
    parts, skips = (*draft.parts, *read.parts), (*draft.skips, *read.skips)
    findings = (*draft.findings, *read.findings)
    whole = replace(draft, parts=parts, facts=(*draft.facts, *read.facts), skips=skips, findings=findings)
    return Volume((Leaf("0", lambda: whole),), Draft(draft.format, (), (), (), (), ()))


@dataclass(slots=True)
class _Record:
    """What has been read beside the book."""

    root: str
    beside: Files
    parts: list[Part] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    names: Keys = field(default_factory=Keys)

    def kept(self, path: str, original: Original) -> None:
        """Part of the book's place, without text of its own."""
        self.parts.append(Source(original.digest, path, "binary", "").part)

    def record(self, original: Original, data: bytes) -> None:
        decoded = decode(data, "utf-8")
        source = Source.of(original.digest, f"{self.root}/{RECORD}", decoded)
        self.parts.append(Part(source.path, source.encoding, ""))
        if decoded.bad:
            self.findings += [replace(one, where=()) for one in decoding_findings(source, decoded)]
        stated = read_package(source).facts
        place = next((fact.value for fact in stated if fact.name == "meta:calibre:series_index"), "")
        private = [fact for fact in stated if fact.name in _PRIVATE]
        columns = [fact for fact in stated if fact.name.startswith(_COLUMN)][:MOST_COLUMNS]
        for fact in stated:
            if fact.name in _STATED:
                detail = (*fact.detail, ("position", place)) if fact.name == "meta:calibre:series" else fact.detail
                self._say(source, fact, f"calibre:{fact.name.rpartition(':')[2]}", fact.value, detail)
        for fact in columns:
            private += [] if self._column(source, fact) else [fact]
        if marks := sum(1 for fact in private if _is_filled(fact)):
            self.findings.append(finding("C001", count=marks))

    def _column(self, source: Source, fact: Fact) -> bool:
        """Whether a column of the owner's own making may be about the story, and is said."""
        told = _json(fact.value)
        label = fact.name.removeprefix(_COLUMN).lstrip("#")[:LONGEST_NAME]
        if told.get("datatype") not in _OF_STORIES or label not in COLUMNS:
            return False
        for value in _values(told.get("#value#")):
            self._say(source, fact, f"calibre:#{label}", value, ())
        return True

    def _say(self, source: Source, fact: Fact, name: str, value: str, detail: tuple[tuple[str, str], ...]) -> None:
        """A value as a part of its own: as it stands in the file where it can be found there, else without text."""
        start, end = _place_of(source.text, fact, value)
        path = self.names.give(f"{source.path}/{name.removeprefix('calibre:')}")
        part = Source(source.original, path, source.encoding, source.text[start:end])
        self.parts.append(part.part)
        self.skips += part.passed_over(SkipClass.PACKAGE)
        self.facts.append(Fact(name, value, part.region(0, len(part.text)), detail))

    def other_form(self, draft: Draft, path: str, original: Original, data: bytes) -> None:
        """A form of the book that tells nothing else is no work of its own."""
        ending = path.rpartition(".")[2]
        if _same(draft, draft_of(original, data)):
            self.kept(path, original)
            self.findings.append(finding("C002", ending=ending))
        else:
            self.findings.append(finding("C003", ending=ending))


def _place_of(text: str, fact: Fact, value: str) -> tuple[int, int]:
    """Where a value stands in a column's text; nowhere if it is written in a way that was not looked for."""
    start, end = fact.region.start, fact.region.end
    if fact.value == value:
        return start, end
    written = json.dumps(value, ensure_ascii=False)[1:-1]
    for said in (
        written,
        written.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"),
    ):
        after = text.find("#value#", start, end)
        at = text.find(said, max(after, start), end) if said else -1
        if at >= 0:
            return at, at + len(said)
    return start, start


def _json(text: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _values(value: object) -> Iterator[str]:
    several = value[:MOST_VALUES] if isinstance(value, list) else [value]
    for one in several:
        if isinstance(one, str) and one.strip():
            yield one.strip()
        elif isinstance(one, int | float) and not isinstance(one, bool):
            yield str(one)


def _is_filled(fact: Fact) -> bool:
    if not fact.name.startswith(_COLUMN):
        return fact.value.strip() not in ("", "{}", "0")
    return _json(fact.value).get("#value#") not in (None, "", [], False)


def _same(draft: Draft, other: Draft) -> bool:
    """Whether nearly every word of the other stands in this, as often."""
    here, there = _words(draft), _words(other)
    count = there.total()
    return count > 0 and (there & here).total() >= SAME * count


def _words(draft: Draft) -> Counter[str]:
    return Counter(word for line in draft.lines for word in _WORD.findall(line.text.casefold()))


_WORD = re.compile(r"\w+")
