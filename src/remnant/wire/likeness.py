"""What is remembered of a story's words, as the index keeps it."""

from __future__ import annotations

import base64
from array import array
from collections.abc import Sequence
from sys import byteorder

from remnant.model.likeness import ChapterTrace, Likeness
from remnant.wire.canonical import VERSION, Json, check_version


def to_json(one: Likeness) -> Json:
    chapters = [number for chapter in one.chapters for number in (chapter.words, chapter.digest, chapter.up_to)]
    return {
        "v": VERSION,
        "words": one.words,
        "scale": one.scale,
        "chapters": _packed(chapters),
        "sample": _packed(one.sample),
        "addresses": _packed(one.addresses),
    }


def from_json(record: Json) -> Likeness:
    check_version(record)
    numbers = iter(_unpacked(record["chapters"]))
    return Likeness(
        words=record["words"],
        chapters=tuple(ChapterTrace(*three) for three in zip(numbers, numbers, numbers, strict=True)),
        scale=record["scale"],
        sample=_unpacked(record["sample"]),
        addresses=_unpacked(record["addresses"]),
    )


def _packed(numbers: Sequence[int]) -> str:
    """Eight bytes each, the greatest first."""
    held = array("q", numbers)
    if byteorder == "little":
        held.byteswap()
    return base64.b64encode(held.tobytes()).decode("ascii")


def _unpacked(text: str) -> tuple[int, ...]:
    held = array("q", base64.b64decode(text, validate=True))
    if byteorder == "little":
        held.byteswap()
    return tuple(held)
