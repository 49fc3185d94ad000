"""Regions as JSON: short inside a reading, whole when they stand alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from remnant.model import Digest, Region
from remnant.wire.arrival import digest_from_json
from remnant.wire.canonical import Json


@dataclass(frozen=True, slots=True)
class Home:
    """The original that regions speak of when they name none, and the encodings of its parts.

    In a bundle a part may be of another original, which `others` says by the part's path.
    """

    original: Digest
    encodings: Mapping[str, str]
    others: Mapping[str, Digest] = field(default_factory=dict)

    def of(self, part: str) -> Digest:
        """Whose a part is."""
        return self.others.get(part, self.original)


def to_json(region: Region, home: Home | None = None) -> Json:
    short: Json = {"part": region.part, "start": region.start, "end": region.end}
    if home is not None and (home.of(region.part), home.encodings.get(region.part)) == (
        region.original,
        region.encoding,
    ):
        return short
    return {**short, "original": f"sha512:{region.original.hex}", "encoding": region.encoding}


def from_json(value: Json, home: Home | None = None) -> Region:
    """ValueError if it names no original and has no home."""
    if "original" in value:
        original, encoding = digest_from_json(value["original"]), value["encoding"]
    elif home is not None:
        original, encoding = home.of(value["part"]), home.encodings[value["part"]]
    else:
        raise ValueError("A region without an original.")
    return Region(original, value["part"], encoding, value["start"], value["end"])
