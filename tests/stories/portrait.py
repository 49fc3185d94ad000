"""A reading drawn small enough to be read by a person: what `expected.json` holds."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from remnant.model import Block, Claim, Link, Reading, Region, Rule
from remnant.understand.settle import settle

Portrait = dict[str, Any]
WORDS_QUOTED = 5


def portrait(reading: Reading) -> Portrait:
    return {
        "reader": reading.reader.version,
        "rules": dict(sorted(_versions(reading).items())),
        "format": reading.format,
        "dialect": reading.dialect,
        "parts": [f"{part.path or '-'} {part.encoding} {part.length}" for part in reading.parts],
        "settled": _settled(reading),
        "claims": [_claim(reading, claim) for claim in reading.claims],
        "blocks": _runs(reading.blocks),
        "sections": [f"{s.number or '-'} {s.title or '-'}: blocks {s.first} to {s.last}" for s in reading.sections],
        "pieces": [
            f"{p.key} {p.kind}: sections {p.first} to {p.last}" + (f", after {p.continues}" if p.continues else "")
            for p in reading.pieces
        ],
        "links": [_link(reading, link) for link in reading.links],
        "findings": _counted([f"{finding.code} {finding.severity}" for finding in reading.findings]),
    }


def _versions(reading: Reading) -> dict[str, int]:
    rules = [claim.witness for claim in reading.claims if isinstance(claim.witness, Rule)]
    return {rule.name: rule.version for rule in rules}


def _settled(reading: Reading) -> dict[str, list[str]]:
    settled = settle(reading.claims).fields
    return {
        field.value: [f"{_short(claim.value)} ({claim.confidence})" for claim in settled[field]]
        for field in sorted(settled)
    }


def _claim(reading: Reading, claim: Claim) -> str:
    normal = f" = {_short(claim.normalised)}" if claim.normalised is not None else ""
    detail = "".join(f", {key} {claim.detail[key]!r}" for key in sorted(claim.detail))
    veiled = ", sensitive" if claim.sensitive else ""
    where = " + ".join(f"{region.part}{region.start}..{region.end}" for region in claim.evidence)
    said_by = claim.witness.name
    return f"{said_by}: {claim.field} {_short(claim.value)}{normal} ({claim.confidence}{veiled}{detail}) at {where}"


def _short(value: str | None, words: int = 14) -> str:
    if value is None:
        return "blank"
    parts = value.split()
    return " ".join(parts[:words]) + (" ..." if len(parts) > words else "")


def _runs(blocks: tuple[Block, ...]) -> list[str]:
    drawn = []
    for (role, kind), run in groupby(blocks, key=lambda block: (block.role.value, block.kind.value)):
        members = list(run)
        what = role if kind == "paragraph" else f"{role}/{kind}"
        drawn.append(f"{what} x{len(members)}: {_short(members[0].text, WORDS_QUOTED)}")
    return drawn


def _link(reading: Reading, link: Link) -> str:
    return f"{link.kind}: {_quote(reading, link.source)} -> {_quote(reading, link.target)}"


def _quote(reading: Reading, region: Region | None) -> str:
    return "nothing" if region is None else repr(_short(reading.text_of(region), WORDS_QUOTED))


def _counted(items: list[str]) -> list[str]:
    return [f"{item} x{len(list(run))}" for item, run in groupby(sorted(items))]
