"""What was asked, as JSON: the shapes that `--json` prints and the API answers, as docs/commands.md has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remnant.give.record import card
from remnant.library.asking import Answer, Count
from remnant.library.knowing import Standing
from remnant.library.listing import Noted
from remnant.library.tellings import Telling
from remnant.model import Arrival, Claim, Shown
from remnant.wire.canonical import Json, time_to_json
from remnant.wire.claim import to_json as claim_to_json

__all__ = ["answer", "card", "counts", "finding", "work"]


def answer(found: Answer) -> Json:
    """One page of what was found: the object of `find`."""
    return {
        "v": 1,
        "total": found.total,
        "veiled": found.veiled,
        "unasked": found.unasked,
        "page": found.page,
        "pages": found.pages,
        "size": found.size,
        "notes": list(found.notes),
        "aside": [{"kind": count.value, "works": count.works, "query": count.query} for count in found.aside],
        "works": list(map(card, found.hits)),
        "facets": {name: counts(values) for name, values in found.facets.items()},
    }


def counts(values: Iterable[Count]) -> list[Json]:
    return [{"value": one.value, "works": one.works, "query": one.query} for one in values]


def work(
    shown: Shown,
    places: Mapping[str, tuple[Standing, ...]],
    arrivals: Iterable[Arrival],
    noted: Iterable[Noted],
    told: Iterable[Telling],
) -> Json:
    """Everything known of one work: the object of `show`."""
    return {
        "v": 1,
        **card(shown),
        "claims": [_claim(claim, places.get(claim.id, ())) for claim in shown.claims],
        "findings": list(map(finding, noted)),
        "arrivals": [
            {"name": one.name, "inside": list(one.inside), "door": one.door, "at": time_to_json(one.at)}
            for one in arrivals
        ],
        "tellings": [{"work": one.shown.work, "first": one.first} for one in told],
    }


def finding(noted: Noted) -> Json:
    return {
        "original": f"sha512:{noted.original.digest.hex}",
        "name": noted.name,
        "works": list(noted.works),
        "code": noted.finding.code,
        "severity": noted.finding.severity.value,
        "message": noted.finding.message,
    }


def _claim(claim: Claim, places: Iterable[Standing]) -> Json:
    return claim_to_json(claim) | {
        "standing": [
            {"part": p.part, "start": p.start, "end": p.end, "before": p.before, "text": p.here, "after": p.after}
            for p in places
        ]
    }
