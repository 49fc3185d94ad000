"""The reader: bytes in, a reading out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from remnant.model import (
    Block,
    Bundle,
    Digest,
    Original,
    Piece,
    PieceKind,
    Reading,
    Role,
    Rule,
)
from remnant.understand import (
    addresses,
    asides,
    closing,
    facts,
    furniture,
    kinds,
    opening,
    pointers,
    songs,
    structure,
)
from remnant.understand.dialects import recognised
from remnant.understand.draft import Draft
from remnant.understand.findings import finding
from remnant.understand.formats import draft_of
from remnant.understand.joining import joined
from remnant.understand.sheet import Said, Sheet, sheet_of
from remnant.understand.testifying import claims_of
from remnant.understand.versions import READER

RULES: tuple[tuple[Rule, Callable[[Sheet], Said]], ...] = (
    (furniture.RULE, furniture.say),
    (structure.RULE, structure.say),
    (opening.RULE, opening.say),
    (closing.RULE, closing.say),
    (asides.RULE, asides.say),
    (facts.RULE, facts.say),
    (kinds.RULE, kinds.say),
    (songs.RULE, songs.say),
    (addresses.RULE, addresses.say),
    (pointers.RULE, pointers.say),
)
"""In the order in which they speak: where a story starts depends on its headings, a song on what is a note."""


def understand(bundle: Bundle, files: Mapping[str, bytes]) -> Reading:
    """Read a bundle, given the bytes of each member by path. No bytes make it raise."""
    readings = [_read(original, files.get(path), path) for path, original in bundle.members]
    return joined(bundle, READER, readings)


def understand_bytes(data: bytes) -> Reading:
    """Read one file that stands alone."""
    original = Original(Digest.of(data), len(data))
    return understand(Bundle.of_one(original), {"": data})


def _read(original: Original, data: bytes | None, path: str) -> Reading:
    if data is None:
        return _missing(original, path)
    return reading_of(draft_of(original, data), original, path)


def reading_of(draft: Draft, original: Original, path: str = "") -> Reading:
    """What the rules make of one draft: roles, then sections, then the piece, then claims, links and findings."""
    sheet = _read_by_rules(sheet_of(draft))
    sections = structure.sections_of(sheet)
    pieces = (Piece(path or "0", sheet.kind or PieceKind.STORY, 0, len(sections) - 1),) if sections else ()
    return Reading(
        bundle=Bundle(((path, original),)),
        reader=READER,
        format=draft.format,
        dialect=sheet.dialect,
        parts=draft.parts,
        blocks=_blocks(sheet),
        sections=sections,
        pieces=pieces,
        claims=claims_of(sheet.testimony, path or "0"),
        links=sheet.links,
        ranges=structure.scenes_of(sheet, sections),
        repairs=(),
        findings=draft.findings + sheet.findings,
        skipped=draft.skips,
    )


def _read_by_rules(sheet: Sheet) -> Sheet:
    sheet = recognised(sheet)
    for rule, say in RULES:
        sheet = sheet.told(rule, say(sheet))
    return replace(sheet, roles=structure.final_roles(sheet))


def _blocks(sheet: Sheet) -> tuple[Block, ...]:
    return tuple(
        Block(line.kind, role or Role.STORY, line.spans, level=line.level)
        for line, role in zip(sheet.lines, sheet.roles, strict=True)
    )


def _missing(original: Original, path: str) -> Reading:
    lost = (finding("R004"),)
    draft = Draft(format="application/octet-stream", parts=(), lines=(), facts=(), skips=(), findings=lost)
    return reading_of(draft, original, path)
