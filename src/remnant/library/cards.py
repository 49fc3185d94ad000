"""What the index holds of a work and hands back with a hit: the work, what is to be known of its file, its words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from remnant.find.facets import Facet
from remnant.model import Field, Finding, Original, Reading, Region, Settled, Severity, Work
from remnant.shield.showing import Searchable, searchable
from remnant.shield.veil import veil_of
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
class Card:
    """A work without its text, the findings made in the file it came in, and the companions of that file it used."""

    work: Work
    findings: tuple[Finding, ...]
    beside: Beside = ()


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


def entry_of(work: Work, reading: Reading) -> Json:
    """What is to be indexed of a work, as it crosses the pipe from a worker."""
    seen = searchable(work, reading)
    beside = reading.bundle.members[1:]
    return {
        "work": work.id,
        "guards": list(seen.guards),
        "card": card_to_bytes(Card(_veiled(work, reading, seen), reading.findings, beside)).decode("ascii"),
        "beside": [original_to_json(original) for _, original in beside],
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
    return canonical(record)


def card_from_bytes(data: bytes) -> Card:
    record = json.loads(data)
    findings = tuple(map(finding_from_json, record["findings"]))
    return Card(work_wire.from_json(record["work"]), findings, beside_from_json(record.get("beside", ())))


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
