"""Documents that came attached to a mail: read as if they stood alone, each part below the attachment's own place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from remnant.model import Original, Part, Region
from remnant.understand.draft import Draft
from remnant.understand.formats import draft_of, mobi, moving
from remnant.unpack.mime import Entity, transferred

_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf", b"%PDF-", b"\xd0\xcf\x11\xe0")
_TOP = 200


def is_document(one: Entity) -> bool:
    """Whether an attachment begins like a document or a book; archives and pictures stay closed."""
    if one.children or one.media_type.startswith(("text/", "image/", "audio/", "video/", "multipart/", "message/")):
        return False
    start = transferred(one.body[:_TOP], one.transfer)
    return start.startswith(_DOCUMENTS) or mobi.is_mobi(start)


def enclosed(original: Original, one: Entity, place: str) -> Draft:
    """The document as a draft, its parts at and below `place`."""
    return moved(draft_of(original, one.content()), place)


def moved(draft: Draft, place: str) -> Draft:
    """A draft with a path in front of every part's."""
    move = partial(_region, place)
    return Draft(
        draft.format,
        tuple(Part(_path(place, part.path), part.encoding, part.text) for part in draft.parts),
        tuple(moving.line(line, move) for line in draft.lines),
        tuple(replace(fact, region=move(fact.region)) for fact in draft.facts),
        tuple(moving.skip(skip, move) for skip in draft.skips),
        tuple(moving.finding(one, move) for one in draft.findings),
    )


def _path(place: str, path: str) -> str:
    return f"{place}/{path}" if path else place


def _region(place: str, region: Region) -> Region:
    return replace(region, part=_path(place, region.part))
