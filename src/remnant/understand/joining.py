"""One reading of a bundle out of its members' readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate

from remnant.model import (
    Block,
    Bundle,
    Claim,
    Finding,
    Link,
    Part,
    Range,
    Reading,
    Region,
    Rule,
    Section,
    Skip,
)
from remnant.wire.claim import claim_id


def joined(bundle: Bundle, reader: Rule, readings: Sequence[Reading]) -> Reading:
    """The members' readings end to end. Of a bundle of one, that member's reading as it is.

    In a bundle of many, a part's path begins with its member's, so that each part has a path of its own.
    """
    if len(readings) == 1:
        return replace(readings[0], bundle=bundle)
    return end_to_end(bundle, reader, "multipart/mixed", [_moved(reading) for reading in readings])


def end_to_end(bundle: Bundle, reader: Rule, form: str, readings: Sequence[Reading]) -> Reading:
    """Readings that share no keys of pieces, and no parts but such as have no text, one after the other.

    Costs what they hold together.
    """
    blocks = _starts(len(reading.blocks) for reading in readings)
    sections = _starts(len(reading.sections) for reading in readings)
    return Reading(
        bundle=bundle,
        reader=reader,
        format=form,
        dialect=next((reading.dialect for reading in readings if reading.dialect), None),
        parts=tuple({part.path: part for reading in readings for part in reading.parts}.values()),
        blocks=tuple(block for reading in readings for block in reading.blocks),
        sections=tuple(
            _shifted(section, by) for by, reading in zip(blocks, readings, strict=True) for section in reading.sections
        ),
        pieces=tuple(
            replace(piece, first=piece.first + by, last=piece.last + by)
            for by, reading in zip(sections, readings, strict=True)
            for piece in reading.pieces
        ),
        claims=tuple(claim for reading in readings for claim in reading.claims),
        links=tuple(link for reading in readings for link in reading.links),
        ranges=tuple(
            _later(place, by) for by, reading in zip(blocks, readings, strict=True) for place in reading.ranges
        ),
        repairs=tuple(repair for reading in readings for repair in reading.repairs),
        findings=tuple(finding for reading in readings for finding in reading.findings),
        skipped=tuple(skip for reading in readings for skip in reading.skipped),
    )


def _starts(lengths: Iterable[int]) -> list[int]:
    """Where each begins, if they stand one after the other."""
    return [0, *accumulate(lengths)][:-1]


def _shifted(section: Section, by: int) -> Section:
    return replace(section, first=section.first + by, last=section.last + by)


def _later(place: Range, by: int) -> Range:
    return replace(place, first=place.first + by, last=place.last + by)


def _moved(reading: Reading) -> Reading:
    """A member's reading with its path in front of every part's."""
    path = reading.bundle.members[0][0]
    move = partial(_region, path)
    return replace(
        reading,
        parts=tuple(Part(_path(path, part.path), part.encoding, part.text) for part in reading.parts),
        blocks=tuple(_block(path, block) for block in reading.blocks),
        claims=tuple(_claim(path, claim) for claim in reading.claims),
        links=tuple(
            Link(move(link.source), move(link.target) if link.target else None, link.kind) for link in reading.links
        ),
        findings=tuple(
            Finding(finding.code, finding.severity, finding.message, tuple(map(move, finding.where)))
            for finding in reading.findings
        ),
        skipped=tuple(Skip(move(skip.region), skip.kind) for skip in reading.skipped),
    )


def _path(member: str, part: str) -> str:
    return f"{member}/{part}" if part else member


def _region(member: str, region: Region) -> Region:
    return replace(region, part=_path(member, region.part))


def _block(member: str, block: Block) -> Block:
    return replace(block, spans=tuple(replace(span, source=_region(member, span.source)) for span in block.spans))


def _claim(member: str, claim: Claim) -> Claim:
    moved = replace(claim, evidence=tuple(_region(member, region) for region in claim.evidence))
    return replace(moved, id=claim_id(moved))
