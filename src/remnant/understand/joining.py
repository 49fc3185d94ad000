"""One reading of a bundle out of its members' readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

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
    whole = _nothing(bundle, reader)
    for reading in readings:
        whole = _with(whole, _moved(reading))
    return whole


def _nothing(bundle: Bundle, reader: Rule) -> Reading:
    return Reading(bundle, reader, "multipart/mixed", None, (), (), (), (), (), (), (), (), (), ())


def _with(whole: Reading, more: Reading) -> Reading:
    blocks, sections = len(whole.blocks), len(whole.sections)
    return replace(
        whole,
        dialect=whole.dialect or more.dialect,
        parts=whole.parts + more.parts,
        blocks=whole.blocks + more.blocks,
        sections=whole.sections + tuple(_shifted(section, blocks) for section in more.sections),
        pieces=whole.pieces
        + tuple(replace(piece, first=piece.first + sections, last=piece.last + sections) for piece in more.pieces),
        claims=whole.claims + more.claims,
        links=whole.links + more.links,
        ranges=whole.ranges + tuple(_later(place, blocks) for place in more.ranges),
        findings=whole.findings + more.findings,
        skipped=whole.skipped + more.skipped,
    )


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
