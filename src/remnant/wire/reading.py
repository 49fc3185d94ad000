"""A reading as JSON: the contract of `remnant understand --json`, the pipe from a worker, the cache in the index.

Texts are left out, since the original has them. `texts_of` and `from_json` carry them beside the object where a
whole reading must travel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remnant.model import (
    MANY_VALUED,
    Block,
    BlockKind,
    Bundle,
    Confidence,
    Digest,
    Finding,
    How,
    Link,
    LinkKind,
    Mark,
    Part,
    Piece,
    PieceKind,
    Range,
    RangeKind,
    Reading,
    Region,
    Repair,
    Role,
    Rule,
    Section,
    Settled,
    Severity,
    Skip,
    SkipClass,
    Span,
    Voice,
    VoiceKind,
)
from remnant.wire import claim as claim_wire
from remnant.wire import region as region_wire
from remnant.wire.arrival import original_from_json, original_to_json
from remnant.wire.canonical import VERSION, Json, check_version
from remnant.wire.region import Home

_PLAIN: frozenset[Mark] = frozenset()


def texts_of(reading: Reading) -> dict[str, str]:
    return {part.path: part.text for part in reading.parts}


def to_json(reading: Reading, settled: Settled | None = None) -> Json:
    """The contract object; `settled` stands in it when it is given."""
    home = _home(reading.bundle, reading.parts)
    section_of = _section_of(reading)
    record: Json = {
        "v": VERSION,
        "originals": [_member_to_json(path, original) for path, original in reading.bundle.members],
        "reader": {"name": reading.reader.name, "version": str(reading.reader.version)},
        "format": reading.format,
        "dialect": reading.dialect,
        "parts": [{"part": p.path, "encoding": p.encoding, "length": p.length} for p in reading.parts],
        "blocks": [_block_to_json(block, section_of[i]) for i, block in enumerate(reading.blocks)],
        "sections": [
            {"title": s.title, "number": s.number, "first_block": s.first, "last_block": s.last}
            for s in reading.sections
        ],
        "pieces": [_piece_to_json(piece) for piece in reading.pieces],
        "claims": [claim_wire.to_json(claim, home) for claim in reading.claims],
    }
    if settled is not None:
        record["settled"] = settled_to_json(settled)
    return record | {
        "links": [_link_to_json(link, home) for link in reading.links],
        "ranges": [_range_to_json(stretch) for stretch in reading.ranges],
        "repairs": [_repair_to_json(repair, home) for repair in reading.repairs],
        "proposals": [],
        "findings": [_finding_to_json(finding, home) for finding in reading.findings],
        "skipped": [_skip_to_json(skip) for skip in reading.skipped],
    }


def from_json(record: Json, texts: Mapping[str, str]) -> Reading:
    """The same reading again; ValueError or KeyError if the object is not one of ours."""
    check_version(record)
    bundle = Bundle(tuple((item.get("path", ""), original_from_json(item)) for item in record["originals"]))
    parts = tuple(Part(item["part"], item["encoding"], texts[item["part"]]) for item in record["parts"])
    home = _home(bundle, parts)
    text_of = {part.path: part.text for part in parts}
    return Reading(
        bundle=bundle,
        reader=Rule(record["reader"]["name"], int(record["reader"]["version"])),
        format=record["format"],
        dialect=record["dialect"],
        parts=parts,
        blocks=tuple(_block_from_json(item, home, text_of) for item in record["blocks"]),
        sections=tuple(Section(s["title"], s["number"], s["first_block"], s["last_block"]) for s in record["sections"]),
        pieces=tuple(map(_piece_from_json, record["pieces"])),
        claims=tuple(claim_wire.from_json(item, home) for item in record["claims"]),
        links=tuple(_link_from_json(item, home) for item in record["links"]),
        ranges=tuple(_range_from_json(item) for item in record["ranges"]),
        repairs=tuple(_repair_from_json(item, home) for item in record["repairs"]),
        findings=tuple(_finding_from_json(item, home) for item in record["findings"]),
        skipped=tuple(_skip_from_json(item, home) for item in record["skipped"]),
    )


def settled_to_json(settled: Settled) -> Json:
    """Title and author always stand there, null where nobody said; the others only where somebody did."""
    record: Json = {"title": None, "author": None}
    for name in sorted(settled.fields):
        values = settled.values(name)
        record[name.value] = (list(values) or None) if name in MANY_VALUED else settled.one(name)
    return record


def _home(bundle: Bundle, parts: tuple[Part, ...]) -> Home:
    """Each part is the member's whose path it has or stands below; else the first one's."""
    members = {path: original.digest for path, original in bundle.members if path}
    owners = {part.path: _owner(part.path, members) for part in parts} if members else {}
    others = {path: digest for path, digest in owners.items() if digest is not None}
    return Home(bundle.members[0][1].digest, {part.path: part.encoding for part in parts}, others)


def _owner(path: str, members: Mapping[str, Digest]) -> Digest | None:
    while path:
        if path in members:
            return members[path]
        path = path.rpartition("/")[0]
    return None


def _member_to_json(path: str, original: Any) -> Json:
    record = original_to_json(original)
    return record | {"path": path} if path else record


def _piece_to_json(piece: Piece) -> Json:
    record: Json = {
        "key": piece.key,
        "kind": piece.kind.value,
        "first_section": piece.first,
        "last_section": piece.last,
    }
    return record if piece.continues is None else record | {"continues": piece.continues}


def _piece_from_json(record: Json) -> Piece:
    kind, first, last = PieceKind(record["kind"]), record["first_section"], record["last_section"]
    return Piece(record["key"], kind, first, last, record.get("continues"))


def _section_of(reading: Reading) -> list[int]:
    found = [0] * len(reading.blocks)
    for index, section in enumerate(reading.sections):
        for block in range(section.first, section.last + 1):
            found[block] = index
    return found


def _block_to_json(block: Block, section: int) -> Json:
    first, last = (block.spans[0].source, block.spans[-1].source) if block.spans else (None, None)
    record: Json = {
        "part": first.part if first else "",
        "start": first.start if first else 0,
        "end": last.end if last else 0,
        "spans": [_span_to_json(span) for span in block.spans],
        "kind": block.kind.value,
        "role": block.role.value,
        "section": section,
        "voices": [_voice_to_json(voice) for voice in block.voices],
    }
    if block.level:
        record["level"] = block.level
    return record


def _block_from_json(record: Json, home: Home, texts: Mapping[str, str]) -> Block:
    part = record["part"]
    return Block(
        kind=BlockKind(record["kind"]),
        role=Role(record["role"]),
        spans=tuple(_span_from_json(item, part, home, texts) for item in record["spans"]),
        voices=tuple(_voice_from_json(item) for item in record["voices"]),
        level=record.get("level", 0),
    )


def _span_to_json(span: Span) -> list[Any]:
    """`[start, end]` for plain verbatim text, else with what is more: text as decoded, marks, a link."""
    more: Json = {}
    if span.how is How.DECODED:
        more["text"] = span.text
    if span.marks:
        more["marks"] = sorted(mark.value for mark in span.marks)
    if span.href is not None:
        more["href"] = span.href
    place: list[Any] = [span.source.start, span.source.end]
    return [*place, more] if more else place


def _span_from_json(item: list[Any], part: str, home: Home, texts: Mapping[str, str]) -> Span:
    start, end = item[0], item[1]
    region = Region(home.of(part), part, home.encodings[part], start, end)
    if len(item) == 2:
        return Span(texts[part][start:end], region)
    more = item[2]
    marks = frozenset(map(Mark, more["marks"])) if "marks" in more else _PLAIN
    if "text" in more:
        return Span(more["text"], region, marks, How.DECODED, more.get("href"))
    return Span(texts[part][start:end], region, marks, How.VERBATIM, more.get("href"))


def _voice_to_json(voice: Voice) -> Json:
    return {
        "start": voice.start,
        "end": voice.end,
        "voice": voice.kind.value,
        "speaker": voice.speaker,
        "confidence": voice.confidence.value,
    }


def _voice_from_json(record: Json) -> Voice:
    confidence = Confidence(record["confidence"])
    return Voice(record["start"], record["end"], VoiceKind(record["voice"]), record["speaker"], confidence)


def _link_to_json(link: Link, home: Home) -> Json:
    target = region_wire.to_json(link.target, home) if link.target else None
    return {"from": region_wire.to_json(link.source, home), "to": target, "kind": link.kind.value}


def _link_from_json(record: Json, home: Home) -> Link:
    target = region_wire.from_json(record["to"], home) if record["to"] else None
    return Link(region_wire.from_json(record["from"], home), target, LinkKind(record["kind"]))


def _range_to_json(stretch: Range) -> Json:
    return {
        "kind": stretch.kind.value,
        "first_block": stretch.first,
        "last_block": stretch.last,
        "confidence": stretch.confidence.value,
    }


def _range_from_json(record: Json) -> Range:
    kind, confidence = RangeKind(record["kind"]), Confidence(record["confidence"])
    return Range(kind, record["first_block"], record["last_block"], confidence)


def _repair_to_json(repair: Repair, home: Home) -> Json:
    match repair.witness:
        case Rule(name=name, version=version):
            witness: Json = {"rule": name, "version": version}
        case _:
            raise ValueError("A reading holds only what rules propose.")
    return {
        "where": region_wire.to_json(repair.region, home),
        "text": repair.text,
        "witness": witness,
        "confidence": repair.confidence.value,
    }


def _repair_from_json(record: Json, home: Home) -> Repair:
    witness = Rule(record["witness"]["rule"], record["witness"]["version"])
    region = region_wire.from_json(record["where"], home)
    return Repair(region, record["text"], witness, Confidence(record["confidence"]))


def _finding_to_json(finding: Finding, home: Home) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "where": [region_wire.to_json(region, home) for region in finding.where],
    }


def _finding_from_json(record: Json, home: Home) -> Finding:
    where = tuple(region_wire.from_json(place, home) for place in record["where"])
    return Finding(record["code"], Severity(record["severity"]), record["message"], where)


def _skip_to_json(skip: Skip) -> Json:
    region = skip.region
    return {"part": region.part, "start": region.start, "end": region.end, "class": skip.kind.value}


def _skip_from_json(record: Json, home: Home) -> Skip:
    return Skip(region_wire.from_json(record, home), SkipClass(record["class"]))
