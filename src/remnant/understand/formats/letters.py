"""One mail read: its head as facts, its text in order, what else it carries as parts without text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from remnant.model import Finding, Part, Skip, SkipClass
from remnant.understand.draft import Draft, Fact, Line
from remnant.understand.findings import finding
from remnant.understand.formats import html, sniff, txt
from remnant.understand.formats.enclosures import is_document
from remnant.understand.formats.envelopes import Envelope
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack.decode import Decoded, decode
from remnant.unpack.mime import Entity

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = frozenset({"text/plain", "text/enriched", "text/richtext", "text", ""}) | _PAGES
NOTICE = 40
"""Words that a program or a list sets around the parts of a mail; more are somebody's."""
_BY_NAME = {".txt": "text/plain", ".htm": "text/html", ".html": "text/html"}


def letter(sent: Envelope) -> Draft:
    """Read a mail, or a page saved as one; its format is that of its text."""
    read = _Read()
    for source, _ in sent.told:
        read.skip(source, SkipClass.HEAD)
    if sent.typed is not None:
        read.plain(sent.typed, Decoded(sent.typed.text, sent.typed.encoding), flowed=False)
    if sent.whole is not None:
        _entity(read, sent, sent.whole)
    form = html.FORMAT if read.pages else txt.FORMAT
    facts = (*sent.facts, *read.facts)
    return Draft(form, tuple(read.parts), tuple(read.lines), facts, tuple(read.skips), tuple(read.findings))


def _entity(read: _Read, sent: Envelope, whole: Entity) -> None:
    shown = list(_shown(whole))
    sheets = tuple(decode(one.content()).text for one in whole.walk() if one.media_type == "text/css")
    for one in whole.walk():
        if one.cut:
            read.findings.append(finding("M002"))
        _around(read, sent, one)
        if one.children or is_document(one):
            continue
        if _text_type(one) is None:
            read.attachment(sent, one)
            continue
        decoded = decode(one.content(), one.parameters.get("charset") or html.declared_charset(one.body))
        source = sent.source(one.section, decoded)
        if one not in shown:
            read.skip(source, SkipClass.PACKAGE)
        elif _text_type(one) in _PAGES or sniff.is_html(decoded.text):
            read.page(source, decoded, sheets)
        else:
            read.plain(source, decoded, flowed=one.parameters.get("format", "").lower() == "flowed")


def _around(read: _Read, sent: Envelope, one: Entity) -> None:
    """What stands before the first boundary of a mail and after its last: shown to nobody, and lost to nobody."""
    for place, data in (("before", one.before), ("after", one.after)):
        if data.strip():
            section = f"{one.section}.{place}" if one.section else place
            read.skip(sent.source(section, decode(data)), SkipClass.HIDDEN)
            if len(data.split()) > NOTICE:
                read.findings.append(finding("M006", place=place))


def _shown(whole: Entity) -> Iterator[Entity]:
    """The texts that a reader of the mail would see: of alternatives the last, which keeps most."""
    if not whole.children:
        if _text_type(whole) is not None:
            yield whole
    elif whole.media_type == "multipart/alternative":
        chosen = [child for child in whole.children if any(_shown(child))]
        yield from _shown(chosen[-1]) if chosen else ()
    elif whole.media_type != "message/rfc822":
        for child in whole.children:
            yield from _shown(child)


def _text_type(one: Entity) -> str | None:
    """What kind of text this is; None for all else."""
    name = (one.filename or "").lower()
    if not one.children and one.media_type.startswith(("multipart/", "message/")):
        return "text/plain"
    if one.media_type in _TEXTS:
        return one.media_type
    if one.media_type == "application/octet-stream":
        return next((kind for end, kind in _BY_NAME.items() if name.endswith(end)), None)
    return None


@dataclass(slots=True)
class _Read:
    """What has been read of one mail."""

    parts: list[Part] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    texts: int = 0
    pages: int = 0

    def skip(self, source: Source, kind: SkipClass) -> None:
        self.parts.append(source.part)
        self.skips += source.passed_over(kind)

    def plain(self, source: Source, decoded: Decoded, *, flowed: bool) -> None:
        self._read(source, decoded, txt.read(source, decoded.bom, flowed=flowed))

    def page(self, source: Source, decoded: Decoded, sheets: tuple[str, ...]) -> None:
        read = html.read(source, decoded.bom, page=self.texts, sheets=sheets)
        self.pages += 1
        self.facts += read.facts
        self._read(source, decoded, read)

    def _read(self, source: Source, decoded: Decoded, read: html.Page | txt.Text) -> None:
        self.parts.append(source.part)
        self.lines += [replace(line, page=self.texts) if line.page != self.texts else line for line in read.lines]
        self.skips += read.skips
        self.findings += (*decoding_findings(source, decoded), *read.findings)
        self.texts += 1

    def attachment(self, sent: Envelope, one: Entity) -> None:
        """Kept in its mail: a part without text."""
        source = sent.source(one.section, Decoded("", "binary"))
        self.parts.append(source.part)
        if not one.media_type.startswith(("image/", "text/css")):
            called = f"{one.filename} ({one.media_type})" if one.filename else one.media_type
            self.findings.append(finding("M001", source.region(0, 0), what=called))
