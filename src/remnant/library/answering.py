"""How a worker answers what `tasks` asks: the one place in the library that loads the reader and its rules."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from remnant.library.cards import ALONE, beside_from_json, entry_of, finding_to_json, standing_from_json
from remnant.library.serials import serial_of
from remnant.library.works import works_of
from remnant.model import Bundle, Reading
from remnant.understand.formats.listings import listing_of
from remnant.understand.reader import stories_of, understand
from remnant.wire import claim as claim_wire
from remnant.wire import reading as reading_wire
from remnant.wire.arrival import original_from_json
from remnant.wire.canonical import Json, time_from_json


def answer(asked: Json, data: bytes) -> tuple[Json, Json]:
    """The answer and the texts it needs."""
    bundle = Bundle((("", original_from_json(asked["original"])), *beside_from_json(asked.get("beside", ()))))
    files = _files(bundle, data)
    if asked["task"] == "read":
        reading = _story(bundle, files, asked["pieces"]) if asked["pieces"] else understand(bundle, files)
        reading = _with_voices(reading) if asked.get("voices") else reading
        return reading_wire.to_json(reading), dict(reading_wire.texts_of(reading))
    wanted = frozenset(asked["pieces"]) if "pieces" in asked else None
    head = _indexed(stories_of(bundle, files, wanted), asked)
    told = listing_of(files[""])
    return head | {"lists": {"files": list(told.files), "messages": list(told.messages)}} if told else head, {}


def _with_voices(reading: Reading) -> Reading:
    """Loaded only here: few ask for voices, and everyone waits for a worker to start."""
    from remnant.understand.voices.hearing import heard

    return heard(reading)


def _files(bundle: Bundle, data: bytes) -> dict[str, bytes]:
    """The bytes of the members stand one after the other; those of a file alone are not copied."""
    if len(bundle.members) == 1:
        return {"": data}
    ends = accumulate(original.size for _, original in bundle.members)
    return {path: data[end - original.size : end] for (path, original), end in zip(bundle.members, ends, strict=True)}


def _story(bundle: Bundle, files: Mapping[str, bytes], pieces: list[str]) -> Reading:
    """The reading that holds the first of these pieces; the whole, if another version of the reader named them."""
    found = stories_of(bundle, files, frozenset(pieces))
    holding = (story for story in found if any(piece.key == pieces[0] for piece in story.pieces))
    return next(holding, None) or understand(bundle, files)


def _indexed(stories: tuple[Reading, ...], asked: Json) -> Json:
    """Each story with its own reading: what it costs to veil one must not grow with the others beside it."""
    said = [claim_wire.from_json(claim) for claim in asked["said"]]
    added = time_from_json(asked["added"])
    standing = {work: standing_from_json(one) for work, one in asked.get("standing", {}).items()}
    carried = {work: one.carried for work, one in standing.items()}
    made = ((story, work) for story in stories for work in works_of(story, said, added, carried=carried))
    return {
        "format": stories[0].format,
        "entries": [entry_of(work, story, standing.get(work.id, ALONE), serial_of(story)) for story, work in made],
        "findings": [finding_to_json(finding) for story in stories for finding in story.findings],
    }
