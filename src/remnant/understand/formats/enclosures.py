"""Documents that came attached to a mail: read as if they stood alone, each part below the attachment's own place."""

from __future__ import annotations

from dataclasses import replace

from remnant.model import Finding, Original, Part, Region, Skip, Span
from remnant.understand.draft import Draft, Fact, Line
from remnant.understand.formats import draft_of
from remnant.unpack.mime import Entity, transferred

_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf", b"%PDF-", b"\xd0\xcf\x11\xe0")
_BOOK, _BOOK_AT = (b"BOOKMOBI", b"TEXtREAd"), 60
_TOP = 200


def is_document(one: Entity) -> bool:
    """Whether an attachment begins like a document or a book; archives and pictures stay closed."""
    if one.children or one.media_type.startswith(("text/", "image/", "audio/", "video/", "multipart/", "message/")):
        return False
    start = transferred(one.body[:_TOP], one.transfer)
    return start.startswith(_DOCUMENTS) or start.startswith(_BOOK, _BOOK_AT)


def enclosed(original: Original, one: Entity, place: str) -> Draft:
    """The document as a draft, its parts at and below `place`."""
    return _moved(draft_of(original, one.content()), place)


def _moved(draft: Draft, place: str) -> Draft:
    return Draft(
        draft.format,
        tuple(Part(_path(place, part.path), part.encoding, part.text) for part in draft.parts),
        tuple(_line(place, line) for line in draft.lines),
        tuple(_fact(place, fact) for fact in draft.facts),
        tuple(Skip(_region(place, skip.region), skip.kind) for skip in draft.skips),
        tuple(_finding(place, one) for one in draft.findings),
    )


def _path(place: str, path: str) -> str:
    return f"{place}/{path}" if path else place


def _region(place: str, region: Region) -> Region:
    return replace(region, part=_path(place, region.part))


def _line(place: str, line: Line) -> Line:
    return replace(line, spans=tuple(_span(place, span) for span in line.spans))


def _span(place: str, span: Span) -> Span:
    return replace(span, source=_region(place, span.source))


def _fact(place: str, fact: Fact) -> Fact:
    return replace(fact, region=_region(place, fact.region))


def _finding(place: str, one: Finding) -> Finding:
    return replace(one, where=tuple(_region(place, region) for region in one.where))
