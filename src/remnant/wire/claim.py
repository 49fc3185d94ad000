"""Claims as JSON, and the one way to make a claim with its id."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from remnant.model import Claim, Confidence, Detail, Field, Person, Region, Rule, Witness
from remnant.wire import region as region_wire
from remnant.wire.canonical import Json, canonical, time_from_json, time_to_json
from remnant.wire.region import Home


def new_claim(
    field: Field,
    value: str | None,
    witness: Witness,
    confidence: Confidence,
    piece: str,
    evidence: Sequence[Region] = (),
    *,
    normalised: str | None = None,
    detail: Detail = MappingProxyType({}),
    sensitive: bool = False,
    replaces: str | None = None,
    withdraws: str | None = None,
) -> Claim:
    """Make a claim. Its id is the same wherever and whenever the same witness says the same of the same place."""
    claim = Claim(
        id="",
        field=field,
        value=value,
        witness=witness,
        confidence=confidence,
        piece=piece,
        evidence=tuple(evidence),
        normalised=normalised,
        detail=MappingProxyType(dict(detail)),
        sensitive=sensitive,
        replaces=replaces,
        withdraws=withdraws,
    )
    return replace(claim, id=claim_id(claim))


def claim_id(claim: Claim) -> str:
    """Sixteen base32 characters over who says what of which place.

    The version of a rule, its confidence and its normal forms are left out: a better rule that finds the same
    thing in the same place makes the same claim, and a person's answer to it still finds it.
    """
    record = {
        "field": claim.field.value,
        "value": claim.value,
        "witness": _who(claim.witness),
        "piece": claim.piece,
        "evidence": [region_wire.to_json(region) for region in claim.evidence],
        "replaces": claim.replaces,
        "withdraws": claim.withdraws,
    }
    return base64.b32encode(hashlib.sha256(canonical(record)).digest()[:10]).decode("ascii").lower()


def to_json(claim: Claim, home: Home | None = None) -> Json:
    record: Json = {
        "id": claim.id,
        "field": claim.field.value,
        "value": claim.value,
        "normalised": claim.normalised,
        "confidence": claim.confidence.value,
        "witness": witness_to_json(claim.witness),
        "piece": claim.piece,
        "sensitive": claim.sensitive,
        "evidence": [region_wire.to_json(region, home) for region in claim.evidence],
        "detail": {name: list(item) if isinstance(item, tuple) else item for name, item in claim.detail.items()},
    }
    for name in ("replaces", "withdraws"):
        other = getattr(claim, name)
        if other is not None:
            record[name] = other
    return record


def from_json(record: Json, home: Home | None = None) -> Claim:
    detail = {name: tuple(item) if isinstance(item, list) else item for name, item in record["detail"].items()}
    return Claim(
        id=record["id"],
        field=Field(record["field"]),
        value=record["value"],
        witness=witness_from_json(record["witness"]),
        confidence=Confidence(record["confidence"]),
        piece=record["piece"],
        evidence=tuple(region_wire.from_json(place, home) for place in record["evidence"]),
        normalised=record["normalised"],
        detail=MappingProxyType(detail),
        sensitive=record["sensitive"],
        replaces=record.get("replaces"),
        withdraws=record.get("withdraws"),
    )


def _who(witness: Witness) -> list[str]:
    match witness:
        case Rule(name=name):
            return ["rule", name]
        case Person(name=name, at=at):
            return ["person", name, time_to_json(at)]


def witness_to_json(witness: Witness) -> Json:
    match witness:
        case Rule(name=name, version=version):
            return {"rule": name, "version": version}
        case Person(name=name, at=at):
            return {"person": name, "at": time_to_json(at)}


def witness_from_json(record: Json) -> Witness:
    if "rule" in record:
        return Rule(record["rule"], record["version"])
    return Person(record["person"], time_from_json(record["at"]))
