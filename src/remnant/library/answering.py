"""How a worker answers what `tasks` asks: the one place in the library that loads the reader and its rules."""

from __future__ import annotations

from remnant.library.cards import entry_of, finding_to_json
from remnant.library.works import works_of
from remnant.model import Bundle, Reading
from remnant.understand.reader import understand
from remnant.wire import claim as claim_wire
from remnant.wire import reading as reading_wire
from remnant.wire.arrival import original_from_json
from remnant.wire.canonical import Json, time_from_json


def answer(asked: Json, data: bytes) -> tuple[Json, Json]:
    """The answer and the texts it needs."""
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
