"""Works and spots as JSON: what the index hands back with a hit, and what a reader's file holds."""

from __future__ import annotations

from types import MappingProxyType

from remnant.model import Edition, Field, Measure, PieceKind, Settled, Spot, Work
from remnant.wire import claim as claim_wire
from remnant.wire.arrival import digest_from_json
from remnant.wire.canonical import VERSION, Json, check_version, time_from_json, time_to_json


def to_json(work: Work) -> Json:
    return {
        "v": VERSION,
        "id": work.id,
        "kind": work.kind.value,
        "editions": [{"original": f"sha512:{e.original.hex}", "pieces": list(e.pieces)} for e in work.editions],
        "claims": [claim_wire.to_json(claim) for claim in work.claims],
        "settled": {name.value: [claim.id for claim in chosen] for name, chosen in work.settled.fields.items()},
        "measure": {
            "words": work.measure.words,
            "sections": work.measure.sections,
            "blocks": work.measure.blocks,
        },
        "added": time_to_json(work.added),
        "since": time_to_json(work.since),
        "late": sorted(work.late),
    }


def from_json(record: Json) -> Work:
    check_version(record)
    claims = tuple(claim_wire.from_json(item) for item in record["claims"])
    by_id = {claim.id: claim for claim in claims}
    settled = {Field(name): tuple(by_id[i] for i in chosen) for name, chosen in record["settled"].items()}
    measure = record["measure"]
    return Work(
        id=record["id"],
        kind=PieceKind(record["kind"]),
        editions=tuple(
            Edition(digest_from_json(item["original"]), tuple(item["pieces"])) for item in record["editions"]
        ),
        claims=claims,
        settled=Settled(MappingProxyType(settled)),
        measure=Measure(measure["words"], measure["sections"], measure["blocks"]),
        added=time_from_json(record["added"]),
        since=time_from_json(record["since"]),
        late=frozenset(record.get("late", ())),
    )


def spot_to_json(spot: Spot) -> Json:
    return {
        "v": VERSION,
        "original": f"sha512:{spot.original.hex}",
        "piece": spot.piece,
        "part": spot.part,
        "start": spot.start,
        "end": spot.end,
        "quote": spot.quote,
        "before": spot.before,
        "after": spot.after,
    }


def spot_from_json(record: Json) -> Spot:
    check_version(record)
    return Spot(
        original=digest_from_json(record["original"]),
        piece=record["piece"],
        part=record["part"],
        start=record["start"],
        end=record["end"],
        quote=record["quote"],
        before=record["before"],
        after=record["after"],
    )
