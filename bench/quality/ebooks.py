"""Standard Ebooks (CC0), stripped to plain text and read again: are chapters, scene breaks and italics recovered?

`--ebooks FOLDER`: a folder of ebooks as they were fetched, each with `src/epub`. They stay outside of this project. A
novel is one text, of a collection each story, whose first line is its title. Headings keep their words and nothing
else; scene breaks stand as "* * *", as a wider gap, or are gone; italics stand between underscores, as in Project
Gutenberg's texts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

from bench.quality.report import percent
from bench.quality.rivals import CHAPTER
from bench.quality.scores import Count
from bench.quality.tiling import boundaries

from remnant.model import Mark, RangeKind, Reading, Role
from remnant.understand.reader import understand_bytes
from remnant.understand.voices.hearing import heard

T = TypeVar("T")
BREAK, GAP = "* * *", ""
_LEFT_OUT = re.compile(r"titlepage|imprint|colophon|uncopyright|toc|loi|endnotes|dedication|epigraph|halftitle")
_PARTED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    heading: bool
    after_break: bool
    italics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    name: str
    paragraphs: tuple[Paragraph, ...]
    titled: bool = False
    """Whether the first paragraph is a title, which is nothing to recover here."""


def texts(folder: Path) -> Iterator[Text]:
    for book in sorted(path for path in folder.iterdir() if (path / "src" / "epub" / "content.opf").exists()):
        leaves = [_leaf(file) for file in _spine(book / "src" / "epub")]
        if any(leaf.of_a_collection for leaf in leaves):
            yield from (Text(book.name, tuple(leaf.paragraphs), True) for leaf in leaves if len(leaf.paragraphs) > 2)
        else:
            yield Text(book.name, tuple(paragraph for leaf in leaves for paragraph in leaf.paragraphs))


def _spine(epub: Path) -> Iterator[Path]:
    named = re.findall(r'itemref idref="([^"]+)"', (epub / "content.opf").read_text("utf-8"))
    for file in (epub / "text" / name for name in named if not _LEFT_OUT.search(name)):
        if file.exists():
            yield file


@dataclass
class _Open:
    heading: bool
    pieces: list[str] = field(default_factory=list)
    italics: list[str] = field(default_factory=list)


class _Leaf(HTMLParser):
    """The paragraphs of one file; several parts of a heading are one, joined by a full stop."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[Paragraph] = []
        self.of_a_collection = False
        self._open: _Open | None = None
        self._group: list[str] | None = None
        self._break = False
        self._slanted = 0
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kinds = dict(attrs).get("epub:type") or ""
        self.of_a_collection |= tag == "article"
        if tag in {"head", "figure", "table"}:
            self._unread += 1
        elif tag == "hr":
            self._break = True
        elif tag == "hgroup":
            self._group = []
        elif tag in {"p", "h2", "h3", "h4", "h5"}:
            self._open = _Open(tag != "p" or self._group is not None)
        elif tag in {"i", "em"} and self._open and "noteref" not in kinds:
            self._slanted += 1
            if self._slanted == 1:
                self._open.pieces.append("_")
                self._open.italics.append("")
        elif tag == "br" and self._open:
            self._open.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"head", "figure", "table"}:
            self._unread -= 1
        elif tag == "hgroup" and self._group is not None:
            self._told(". ".join(self._group), True, ())
            self._group = None
        elif tag in {"p", "h2", "h3", "h4", "h5"} and self._open:
            self._closed(self._open)
        elif tag in {"i", "em"} and self._slanted:
            self._slanted -= 1
            if not self._slanted and self._open:
                self._open.pieces.append("_")

    def handle_data(self, data: str) -> None:
        if self._open and not self._unread:
            self._open.pieces.append(_PARTED.sub(" ", data).replace("\u2060", ""))
            if self._slanted and self._open.italics:
                self._open.italics[-1] += self._open.pieces[-1]

    def _closed(self, done: _Open) -> None:
        lines = [line.strip() for line in "".join(done.pieces).split("\n")]
        text = "\n".join(line for line in lines if line)
        self._open, self._slanted = None, 0
        if done.heading and self._group is not None:
            self._group.append(text.replace("\n", " "))
        elif text:
            self._told(text, done.heading, tuple(piece.strip() for piece in done.italics if piece.strip()))

    def _told(self, text: str, heading: bool, italics: tuple[str, ...]) -> None:
        broken = self._break and not heading and bool(self.paragraphs) and not self.paragraphs[-1].heading
        self.paragraphs.append(Paragraph(text.replace("_", "") if heading else text, heading, broken, italics))
        self._break = False


def _leaf(file: Path) -> _Leaf:
    leaf = _Leaf()
    leaf.feed(file.read_text("utf-8"))
    leaf.close()
    return leaf


def plain_text(text: Text, broken: str | None, slanted: bool) -> tuple[str, list[int]]:
    """The text, a break told as a line, as a wider gap, or not at all; and where each paragraph begins."""
    made, starts = "", []
    for paragraph in text.paragraphs:
        if paragraph.after_break and broken is not None:
            made += f"{broken}\n\n" if broken else "\n\n"
        starts.append(len(made))
        made += (paragraph.text if slanted else paragraph.text.replace("_", "")) + "\n\n"
    return made, starts


@dataclass(frozen=True, slots=True)
class Recovered:
    """Right, wrong and missed, for Remnant and for who stands beside it."""

    what: str
    ours: Count
    beside: str
    theirs: Count


def recovered(read: Sequence[Text]) -> list[Recovered]:
    whole: dict[str, Recovered] = {}
    for text in read:
        for one in _recovered(text):
            before = whole.get(one.what, Recovered(one.what, Count(), one.beside, Count()))
            whole[one.what] = Recovered(one.what, before.ours + one.ours, one.beside, before.theirs + one.theirs)
    return list(whole.values())


def _recovered(text: Text) -> Iterator[Recovered]:
    headings = {at for at, paragraph in enumerate(text.paragraphs) if paragraph.heading}
    chapters = headings - {0} if text.titled else headings
    breaks = {at for at, paragraph in enumerate(text.paragraphs) if paragraph.after_break}
    tiled = boundaries([paragraph.text for paragraph in text.paragraphs]) - headings - {at + 1 for at in headings}
    told, starts = plain_text(text, BREAK, slanted=True)
    reading = heard(understand_bytes(told.encode()))
    plainly = {at for at, paragraph in enumerate(text.paragraphs) if CHAPTER.fullmatch(paragraph.text)}
    yield Recovered(
        "chapter headings", _compared(_headings(reading, starts), chapters), "plain", _compared(plainly, chapters)
    )
    after = {at + 1 for at in headings} | headings | {0}
    yield Recovered(
        "breaks told as * * *", _compared(_scenes(reading, starts) - after, breaks), "tiling", _compared(tiled, breaks)
    )
    for what, broken in (("breaks as wider gaps", GAP), ("breaks that are lost", None)):
        told, starts = plain_text(text, broken, slanted=False)
        scenes = _scenes(heard(understand_bytes(told.encode())), starts) - after
        yield Recovered(what, _compared(scenes, breaks), "tiling", _compared(tiled, breaks))
    italics = {
        (at, part)
        for at, paragraph in enumerate(text.paragraphs)
        for part in paragraph.italics
        if not paragraph.heading
    }
    told, starts = plain_text(text, BREAK, slanted=True)
    yield Recovered("italics as _words_", _compared(_italics(reading, starts), italics), "", Count())


def _compared(said: AbstractSet[T], true: AbstractSet[T]) -> Count:
    return Count(len(said & true), len(said - true), len(true - said))


def _places(reading: Reading, starts: Sequence[int]) -> list[set[int]]:
    """Of each block, the paragraphs that it begins or goes on in."""
    return [
        {bisect_right(starts, span.source.start) - 1 for span in block.spans if span.text.strip()}
        for block in reading.blocks
    ]


def _headings(reading: Reading, starts: Sequence[int]) -> set[int]:
    placed = zip(reading.blocks, _places(reading, starts), strict=True)
    return {at for block, numbers in placed if block.role is Role.CHAPTER_HEADING for at in numbers}


def _scenes(reading: Reading, starts: Sequence[int]) -> set[int]:
    """The paragraphs that a scene begins with."""
    placed = _places(reading, starts)
    begun = [run.first for run in reading.ranges if run.kind is RangeKind.SCENE]
    return {min(placed[first]) for first in begun if placed[first]}


def _italics(reading: Reading, starts: Sequence[int]) -> set[tuple[int, str]]:
    slanted = [span for block in reading.blocks for span in block.spans if Mark.EMPHASIS in span.marks]
    return {(bisect_right(starts, span.source.start) - 1, span.text.strip(" _")) for span in slanted}


def as_lines(folder: Path) -> Iterator[str]:
    read = list(texts(folder))
    yield f"Standard Ebooks stripped to plain text: {len({text.name for text in read})} ebooks, {len(read)} texts"
    yield ""
    figures = f"{'precision':>10}{'recall':>8}{'F1':>7}"
    yield f"{'recovered':24}{'there':>6}{figures}   {'beside':8}{figures}"
    for one in recovered(read):
        there = one.ours.right + one.ours.missed
        beside = f"   {one.beside:8}{_told(one.theirs)}" if one.beside else ""
        yield f"{one.what:24}{there:>6}{_told(one.ours)}{beside}"


def _told(count: Count) -> str:
    return f"{percent(count.precision):>10}{percent(count.recall):>8}{percent(count.f1):>7}"
