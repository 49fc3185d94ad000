"""What a worker can be asked: to read a file for someone who wants the reading, or for the index."""

from __future__ import annotations

from datetime import datetime

from remnant.library.cards import entry_of, finding_to_json
from remnant.library.works import works_of
from remnant.model import Bundle, Claim, Original, Reading
from remnant.understand.reader import understand
from remnant.wire import claim as claim_wire
from remnant.wire import reading as reading_wire
from remnant.wire.arrival import original_from_json, original_to_json
from remnant.wire.canonical import Json, time_from_json, time_to_json


def to_read(original: Original) -> Json:
    """Asks for the whole reading."""
    return {"task": "read", "original": original_to_json(original)}


def to_index(original: Original, said: tuple[Claim, ...], added: datetime) -> Json:
    """Asks for what is to be indexed, given what persons said of the works in it and when it was added."""
    claims = [claim_wire.to_json(claim) for claim in said]
    return {"task": "index", "original": original_to_json(original), "said": claims, "added": time_to_json(added)}


def answer(asked: Json, data: bytes) -> tuple[Json, Json]:
    """The answer and the texts it needs; the worker's side."""
    reading = understand(Bundle.of_one(original_from_json(asked["original"])), {"": data})
    if asked["task"] == "read":
        return reading_wire.to_json(reading), dict(reading_wire.texts_of(reading))
    return _indexed(reading, asked), {}


def _indexed(reading: Reading, asked: Json) -> Json:
    said = [claim_wire.from_json(claim) for claim in asked["said"]]
    works = works_of(reading, said, time_from_json(asked["added"]))
    return {
        "format": reading.format,
        "entries": [entry_of(work, reading) for work in works],
        "findings": [finding_to_json(finding) for finding in reading.findings],
    }
