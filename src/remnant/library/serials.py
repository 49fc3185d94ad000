"""Stories posted in parts whose mails were kept as files of their own: which parts belong together, wherever they came.

Only files that hold one part and nothing else are joined: a mailbox is many people's, and belongs to no one story.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from remnant.find.port import Index, Question, Sort
from remnant.keep.shelf import Shelf
from remnant.library.cards import Beside
from remnant.library.every import A_PAGE
from remnant.model import Digest, Original, Reading, work_id
from remnant.understand.serials import numbered, path_of
from remnant.wire.arrival import original_from_json, original_to_json
from remnant.wire.canonical import Json

_SIGN = b'"serial":'


def serial_of(story: Reading, *, alone: bool) -> Json | None:
    """Which parts of which story these pieces are, as a card keeps it; `alone` if their files hold nothing else.

    The sender is in the key and cannot be read out of it.
    """
    told = numbered(story)
    if not told:
        return None
    first = told[0]
    key = hashlib.sha256(f"{first.sender}\0{first.title}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    totals = [one.total for one in told if one.total is not None]
    parts = [
        {"number": one.number, "date": one.date, **_place(story, one.piece)}
        for one in told
        if (one.sender, one.title) == (first.sender, first.title)
    ]
    return {"key": key, "title": first.title, "total": max(totals, default=None), "alone": alone, "parts": parts}


def _place(story: Reading, piece: str) -> Json:
    """The original that a piece stands in, and its key there."""
    for path, original in story.bundle.members[1:]:
        if piece.startswith(f"{path}/"):
            return {"piece": piece.removeprefix(f"{path}/"), "original": original_to_json(original)}
    return {"piece": piece, "original": original_to_json(story.bundle.members[0][1])}


@dataclass(frozen=True, slots=True, order=True)
class Posted:
    """One part of a story, in a file of its own."""

    number: int
    date: str
    original: Original
    piece: str

    @property
    def work(self) -> str:
        """What it is called while it stands alone."""
        return work_id(self.original.digest, self.piece)


@dataclass(frozen=True, slots=True)
class Joined:
    """The parts of one story in their order, each from a file of its own."""

    parts: tuple[Posted, ...]

    @property
    def first(self) -> Original:
        return self.parts[0].original

    @property
    def beside(self) -> Beside:
        others = ((path_of(part.number, part.original), part.original) for part in self.parts[1:])
        return tuple(sorted(others))

    @property
    def work(self) -> str:
        return self.parts[0].work

    @property
    def others(self) -> tuple[str, ...]:
        """The works that its parts were, and are no more."""
        return tuple(part.work for part in self.parts[1:])


def joined(index: Index, landed: Mapping[str, bytes], shelf: Shelf, used: Collection[Digest]) -> Iterator[Joined]:
    """The stories of which something has just been read, each with all its parts there are.

    Of two with one number the earlier counts; the other stays by itself. What is `used` is another's already.
    """
    fresh = [serial for card in landed.values() if (serial := _serial(card)) is not None and serial["alone"]]
    keys = {serial["key"] for serial in fresh}
    if not keys:
        return
    known: defaultdict[str, set[Posted]] = defaultdict(set)
    for serial in (*fresh, *_every(index)):
        if serial["alone"] and serial["key"] in keys:
            known[serial["key"]].update(map(_posted, serial["parts"]))
    for key in sorted(known):
        chosen: dict[int, Posted] = {}
        for part in sorted(known[key]):
            if part.original.digest not in used and shelf.has(part.original.digest):
                chosen.setdefault(part.number, part)
        if len({part.original for part in chosen.values()}) > 1:
            yield Joined(tuple(chosen.values()))


def _every(index: Index) -> Iterator[Json]:
    """The serials of all that is in the index; a card without one is not taken apart."""
    page, seen, total = 1, 0, 1
    while seen < total:
        answer = index.search(Question(None, sort=Sort.TITLE, page=page, size=A_PAGE))
        if not answer.hits:
            return
        for hit in answer.hits:
            if (serial := _serial(hit.card)) is not None:
                yield serial
        page, seen, total = page + 1, seen + len(answer.hits), answer.total


def _serial(card: bytes) -> Json | None:
    return json.loads(card).get("serial") if _SIGN in card else None


def _posted(part: Json) -> Posted:
    return Posted(part["number"], part["date"], original_from_json(part["original"]), part["piece"])


def lacking(serials: Iterable[Json]) -> Iterator[tuple[str, int, tuple[int, ...]]]:
    """The stories of which parts are not here: title, how many there should be, and which are missing."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    totals: dict[str, int] = {}
    titles: dict[str, str] = {}
    for serial in serials:
        key = serial["key"]
        found[key].update(part["number"] for part in serial["parts"])
        titles[key] = serial["title"]
        if serial["total"] is not None:
            totals[key] = max(totals.get(key, 0), serial["total"])
    for key, total in totals.items():
        missing = tuple(number for number in range(1, min(total, MOST_PARTS) + 1) if number not in found[key])
        if missing:
            yield titles[key], total, missing


MOST_PARTS = 500
"""Of one story: a subject may say any number."""
