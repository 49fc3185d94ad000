"""Originals and arrivals as JSON: what stands in `arrival.json` on the shelf and in the ledger."""

from __future__ import annotations

from remnant.model import Arrival, Digest, Original
from remnant.wire.canonical import VERSION, Json, check_version, time_from_json, time_to_json


def original_to_json(original: Original) -> Json:
    return {"digest": f"sha512:{original.digest.hex}", "size": original.size}


def original_from_json(value: Json) -> Original:
    """ValueError if the digest is not a SHA-512 of ours."""
    return Original(digest_from_json(value["digest"]), int(value["size"]))


def digest_from_json(text: str) -> Digest:
    name, _, digits = text.partition(":")
    if name != "sha512":
        raise ValueError("A digest that is not sha512.")
    return Digest(digits)


def to_json(arrival: Arrival) -> Json:
    return {
        "v": VERSION,
        "original": original_to_json(arrival.original),
        "door": arrival.door,
        "name": arrival.name,
        "inside": list(arrival.inside),
        "from_whom": arrival.from_whom,
        "terms": arrival.terms,
        "at": time_to_json(arrival.at),
    }


def from_json(value: Json) -> Arrival:
    check_version(value)
    return Arrival(
        original=original_from_json(value["original"]),
        door=value["door"],
        name=value["name"],
        inside=tuple(value["inside"]),
        from_whom=value["from_whom"],
        terms=value["terms"],
        at=time_from_json(value["at"]),
    )
