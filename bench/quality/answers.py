"""What somebody says of a file, in the terms of the labels; and what Remnant says."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.quality.lines import Line, lines_of

from remnant.model import STORY_ROLES, Bundle, Digest, Original, PieceKind, Reading, Role
from remnant.understand.reader import stories_of
from remnant.understand.settle import settle
from remnant.unpack.decode import decode

PROSE = STORY_ROLES - {Role.SCENE_BREAK}
RUNNING = frozenset({PieceKind.STORY, PieceKind.CHAPTER})


@dataclass(frozen=True)
class Answer:
    is_story: bool
    roles: Mapping[int, str]
    fields: Mapping[str, tuple[str, ...]]
    begins: int | None
    ends: int | None
    chapters: tuple[int, ...]


def lines_in(file: Path) -> list[Line]:
    return lines_of(file.read_text("utf-8", "replace"), file.suffix == ".html")


def remnant(file: Path) -> Answer:
    data = file.read_bytes()
    readings = stories_of(Bundle.of_one(Original(Digest.of(data), len(data))), {"": data})
    source = decode(data).text
    lines = lines_of(source, file.suffix == ".html")
    roles = roles_by_line(source, readings, lines)
    told = [number for number, role in roles.items() if Role(role) in PROSE]
    stories = [reading for reading in readings if any(piece.kind in RUNNING for piece in reading.pieces)]
    return Answer(
        is_story=bool(told) and bool(stories),
        roles=roles,
        fields=fields_of(stories or readings),
        begins=told[0] if told else None,
        ends=told[-1] if told else None,
        chapters=tuple(number for number, role in roles.items() if role == "chapter_heading"),
    )


def fields_of(readings: Sequence[Reading]) -> dict[str, tuple[str, ...]]:
    """What is settled for each story of the file; several stories may well have several titles."""
    found: dict[str, list[str]] = {}
    for settled in (settle(reading.claims) for reading in readings):
        for field in settled.fields:
            found.setdefault(field.value, []).extend(settled.values(field))
    return {name: tuple(dict.fromkeys(values)) for name, values in sorted(found.items()) if values}


def roles_by_line(source: str, readings: Sequence[Reading], lines: list[Line]) -> dict[int, str]:
    """The role that most characters of each line were given. Of a file that was cut, what none shows is furniture."""
    votes: dict[int, Counter[str]] = {line.number: Counter() for line in lines}
    starts = [line.start for line in lines]
    offsets = _offsets(source, readings)
    for block in (block for reading in readings for block in reading.blocks):
        for region in (span.source for span in block.spans):
            start, end = region.start + offsets.get(region.part, 0), region.end + offsets.get(region.part, 0)
            for line in lines[max(0, bisect_right(starts, start) - 1) : bisect_right(starts, end)]:
                votes[line.number][block.role.value] += max(0, min(end, line.end) - max(start, line.start))
    found = {number: counted.most_common(1)[0][0] for number, counted in votes.items() if counted.total()}
    unseen = {} if "" in offsets else dict.fromkeys(votes, Role.CHROME.value)
    return dict(sorted({**unseen, **found}.items()))


def _offsets(source: str, readings: Sequence[Reading]) -> dict[str, int]:
    """Where each part of a file begins in its text: one that is read whole has a single part, without a name."""
    found: dict[str, int] = {}
    at = 0
    for part in (part for reading in readings for part in reading.parts):
        later = source.find(part.text, at)
        at = later if later >= 0 else max(source.find(part.text), 0)
        found[part.path] = at
    return found
