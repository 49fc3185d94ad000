"""What the index holds of a work and hands back with a hit: the work, what is to be known of its file, its words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from remnant.find.facets import Facet
from remnant.model import (
    Claim,
    Field,
    Finding,
    Original,
    PieceKind,
    Reading,
    Region,
    Settled,
    Severity,
    Work,
    WorkWish,
)
from remnant.shield.guards import BEHIND
from remnant.shield.showing import Searchable, searchable
from remnant.shield.veil import veil_of
from remnant.understand.likeness import likeness_of
from remnant.wire import claim as claim_wire
from remnant.wire import likeness as likeness_wire
from remnant.wire import region as region_wire
from remnant.wire import work as work_wire
from remnant.wire.arrival import original_from_json, original_to_json
from remnant.wire.canonical import Json, canonical, time_to_json

Beside = tuple[tuple[str, Original], ...]
"""Companions of an original by their paths below its folder, in order."""


def beside_to_json(beside: Beside) -> list[Json]:
    return [original_to_json(original) | {"path": path} for path, original in beside]


def beside_from_json(items: Iterable[Json]) -> Beside:
    return tuple((item["path"], original_from_json(item)) for item in items)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a work stands among the tellings of its story: behind another of them, or before them, or alone.

    `carried` are claims that were made on the others and hold for this one too.
    """

    behind: str | None = None
    carried: tuple[Claim, ...] = ()


ALONE = Standing()


@dataclass(frozen=True, slots=True)
class Card:
    """A work without its text, the findings made in the file it came in, and the companions of that file it used."""

    work: Work
    findings: tuple[Finding, ...]
    beside: Beside = ()
    standing: Standing = ALONE
    serial: Json | None = None
    """Which parts of a posted story it has: as `library.serials` tells."""


_FACETS = {
    Facet.FANDOM: (Field.FANDOM,),
    Facet.AUTHOR: (Field.AUTHOR,),
    Facet.CHARACTER: (Field.CHARACTER,),
    Facet.RELATIONSHIP: (Field.RELATIONSHIP,),
    Facet.RATING: (Field.RATING,),
    Facet.WARNING: (Field.WARNING,),
    Facet.TAG: (Field.TAG, Field.GENRE, Field.CATEGORY),
    Facet.STATUS: (Field.STATUS,),
    Facet.LANGUAGE: (Field.LANGUAGE,),
    Facet.SERIES: (Field.SERIES,),
}


def entry_of(work: Work, reading: Reading, standing: Standing = ALONE, serial: Json | None = None) -> Json:
    """What is to be indexed of a work, as it crosses the pipe from a worker."""
    seen = searchable(work, reading)
    beside = reading.bundle.members[1:]
    card = Card(_veiled(work, reading, seen), reading.findings, beside, standing, serial)
    return {
        "work": work.id,
        "guards": [*seen.guards, *([BEHIND] if standing.behind else ())],
        "card": card_to_bytes(card).decode("ascii"),
        "likeness": _likeness(work, reading),
        "beside": [original_to_json(original) for _, original in beside],
        "serial": serial,
        "added": time_to_json(work.added),
        "title": seen.label if seen.titled else None,
        "facets": _facets(work, seen),
        "words": work.measure.words,
        "sections": work.measure.sections,
        "published": _first(seen, Field.PUBLISHED),
        "updated": _first(seen, Field.UPDATED),
        "story": seen.story,
        "notes": seen.notes,
    }


def _likeness(work: Work, reading: Reading) -> Json | None:
    """What to compare it by; nothing of what is sealed, and of what is no story."""
    if WorkWish.SEAL in work.wishes or work.kind not in (PieceKind.STORY, PieceKind.CHAPTER):
        return None
    by_key = {piece.key: piece for piece in reading.pieces}
    pieces = [by_key[key] for key in work.editions[0].pieces if key in by_key]
    found = likeness_of(reading, pieces, work.settled.values(Field.SOURCE_URL))
    return None if found is None else likeness_wire.to_json(found)


def _veiled(work: Work, reading: Reading, seen: Searchable) -> Work:
    """What is sensitive stays in the original and the journal; the index is no place for it."""
    veil = veil_of(work, reading)
    claims = {claim.id: veil.claim(claim) for claim in work.claims}
    settled = {name: tuple(claims[claim.id] for claim in chosen) for name, chosen in work.settled.fields.items()}
    return replace(work, claims=tuple(claims.values()), settled=Settled(settled), late=seen.late)


def card_to_bytes(card: Card) -> bytes:
    findings = [finding_to_json(finding) for finding in card.findings]
    record: Json = {"work": work_wire.to_json(card.work), "findings": findings}
    if card.beside:
        record["beside"] = beside_to_json(card.beside)
    if card.standing != ALONE:
        record["standing"] = standing_to_json(card.standing)
    if card.serial is not None:
        record["serial"] = card.serial
    return canonical(record)


def card_from_bytes(data: bytes) -> Card:
    record = json.loads(data)
    findings = tuple(map(finding_from_json, record["findings"]))
    standing = standing_from_json(record["standing"]) if "standing" in record else ALONE
    beside = beside_from_json(record.get("beside", ()))
    return Card(work_wire.from_json(record["work"]), findings, beside, standing, record.get("serial"))


def standing_to_json(standing: Standing) -> Json:
    return {"behind": standing.behind, "carried": [claim_wire.to_json(claim) for claim in standing.carried]}


def standing_from_json(record: Json) -> Standing:
    return Standing(record["behind"], tuple(map(claim_wire.from_json, record["carried"])))


def _facets(work: Work, seen: Searchable) -> dict[str, list[str]]:
    """Each value once, in the order the fields give them."""
    found = {
        facet.value: list(dict.fromkeys(value for name in names for value in seen.fields.get(name, ())))
        for facet, names in _FACETS.items()
    }
    return {name: values for name, values in found.items() if values} | {Facet.KIND.value: [work.kind.value]}


def _first(seen: Searchable, name: Field) -> str | None:
    return next(iter(seen.fields.get(name, ())), None)


def finding_to_json(finding: Finding) -> Json:
    where = [region_wire.to_json(region) for region in finding.where]
    return {"code": finding.code, "severity": finding.severity.value, "message": finding.message, "where": where}


def finding_from_json(record: Json) -> Finding:
    where: tuple[Region, ...] = tuple(map(region_wire.from_json, record["where"]))
    return Finding(record["code"], Severity(record["severity"]), record["message"], where)
