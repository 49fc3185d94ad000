"""Cells of a database as parts of their own: each decoded by itself, since one dump may hold several encodings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial

from remnant.model import Digest, Finding, Part, Region, Skip, SkipClass
from remnant.understand.draft import Draft, Element, Fact, Line
from remnant.understand.formats import html, moving, sniff, txt
from remnant.understand.formats.keys import Keys
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack.decode import Decoded, decode

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,11}(?:\s[^<>]{0,500})?/?>|&(?:[A-Za-z]{2,8}|#\d{1,6});")
_BREAKS = re.compile(r"<(?:br|p|div|li|td|h[1-6])\b", re.IGNORECASE)
_GAP = re.compile(r"(?:\r\n|\r|\n)\s*")


@dataclass(slots=True)
class Cells:
    """What one leaf is made of: parts, lines read from some of them, facts that others say."""

    original: Digest
    root: str
    parts: list[Part] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    paths: Keys = field(default_factory=Keys)
    page: int = 0

    def fact(self, name: str, path: str, data: bytes | None, **detail: str) -> None:
        """Something that a cell says of the whole; nothing for one that is empty."""
        if data is None or not data.strip() or f"{self.root}/{path}" in self.paths:
            return
        source, _ = self._source(path, data)
        text = source.text
        start = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        self.skips.append(source.skip(0, len(text), SkipClass.PACKAGE))
        self.facts.append(Fact(name, text[start:end], source.region(start, end), tuple(sorted(detail.items()))))

    def text(self, path: str, data: bytes | None, name: str, *, original: Digest | None = None) -> None:
        """A cell, or a file of another original at this very path, read as what it is: a page, a piece of one, text."""
        if data is not None and data.strip():
            self._read(path, data, name, original)

    def draft(self, form: str) -> Draft:
        return Draft(
            form, tuple(self.parts), tuple(self.lines), tuple(self.facts), tuple(self.skips), tuple(self.findings)
        )

    def _source(self, path: str, data: bytes, original: Digest | None = None) -> tuple[Source, Decoded]:
        decoded = decode(data, html.declared_charset(data))
        whole = self.paths.give(path if original is not None else f"{self.root}/{path}")
        source = Source.of(original or self.original, whole, decoded)
        self.parts.append(source.part)
        self.findings += decoding_findings(source, decoded)
        return source, decoded

    def _read(self, path: str, data: bytes, name: str, original: Digest | None = None) -> None:
        source, decoded = self._source(path, data, original)
        text, bom = source.text, decoded.bom
        if sniff.is_html(text) or _BREAKS.search(text):
            read: html.Page | txt.Text = html.read(source, bom, page=self.page)
        elif _TAG.search(text):
            read = by_lines(source, bom, self.page)
        else:
            read = txt.read(source, bom)
        element = Element("div", classes=(name,))
        self.lines += [replace(line, inside=(element, *line.inside), page=self.page) for line in read.lines]
        self.skips += read.skips
        self.findings += read.findings
        self.page += 1


def by_lines(source: Source, bom: int, page: int) -> html.Page:
    """Markup whose line ends are meant, as sites showed it that set `<br>` for each: every line a piece of a page."""
    lines: list[Line] = []
    skips: list[Skip] = [source.skip(0, bom, SkipClass.BOM)] if bom else []
    findings: list[Finding] = []
    at, text = bom, source.text
    while at < len(text):
        gap = _GAP.search(text, at)
        end = gap.start() if gap else len(text)
        if end > at:
            read = html.read(replace(source, text=text[at:end]), page=page)
            move = partial(_later, at)
            lines += [moving.line(line, move) for line in read.lines]
            skips += [moving.skip(skip, move) for skip in read.skips]
            findings += [moving.finding(one, move) for one in read.findings]
        if gap:
            skips.append(source.skip(end, gap.end(), SkipClass.SPACE))
        at = gap.end() if gap else end
    return html.Page(tuple(lines), (), tuple(skips), tuple(findings))


def _later(by: int, region: Region) -> Region:
    return replace(region, start=region.start + by, end=region.end + by)
