"""Stories posted in parts, mail by mail: which parts belong together, whichever files and mailboxes they stand in.

What a join takes from a file is one part; all else in that file stays what it is. Nothing is written of it anywhere:
it is made again with the index, from the heads of the mails alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from remnant.find.port import Index
from remnant.keep.shelf import Shelf
from remnant.library import every
from remnant.library.bundling import MOST_BYTES
from remnant.library.cards import Beside, Card
from remnant.library.kin import Pair, pair_of
from remnant.model import Digest, Edition, Original, Reading, Work, work_id
from remnant.understand.postings import tellings, together
from remnant.understand.serials import is_posted, numbered, path_of
from remnant.wire.arrival import original_from_json, original_to_json
from remnant.wire.canonical import Json

_SIGN = b'"serial":'


def serial_of(story: Reading) -> Json | None:
    """Which parts of which story these pieces are, as a card keeps it.

    Senders are in the keys and cannot be read out of them.
    """
    told = numbered(story)
    if not told:
        return None
    totals = [one.total for one in told if one.total is not None]
    parts = [
        {"number": one.number, "through": one.through, "date": one.date, **_place(story, one.piece)} for one in told
    ]
    keys = sorted({_key(*name) for one in told for name in one.names})
    return {"keys": keys, "title": told[0].title, "total": max(totals, default=None), "parts": parts}


def _key(sender: str, title: str) -> str:
    return hashlib.sha256(f"{sender}\0{title}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _place(story: Reading, piece: str) -> Json:
    """The original that a piece stands in, and its key there."""
    for path, original in story.bundle.members[1:]:
        if piece.startswith(f"{path}/"):
            return {"piece": piece.removeprefix(f"{path}/"), "original": original_to_json(original)}
    return {"piece": piece, "original": original_to_json(story.bundle.members[0][1])}


@dataclass(frozen=True, slots=True, order=True)
class Posted:
    """One part of a story, and where it stands. In order: as they were posted."""

    date: str
    number: int
    original: Original
    piece: str

    @property
    def file(self) -> str:
        return self.original.digest.hex

    @property
    def work(self) -> str:
        """What it is called while it stands alone."""
        return work_id(self.original.digest, self.piece)


@dataclass(frozen=True)
class Joined:
    """One telling: parts in their order, which stand in several files."""

    parts: tuple[Posted, ...]

    @property
    def first(self) -> Original:
        return self.parts[0].original

    @cached_property
    def beside(self) -> Beside:
        """The other files."""
        others = {part.original for part in self.parts} - {self.first}
        return tuple(sorted((path_of(original), original) for original in others))

    @property
    def pieces(self) -> tuple[str, ...]:
        """The keys of its pieces where its files are read together."""
        paths = {original: path for path, original in self.beside}
        return tuple(f"{paths[one.original]}/{one.piece}" if one.original in paths else one.piece for one in self.parts)

    @property
    def work(self) -> str:
        return self.parts[0].work

    @property
    def others(self) -> tuple[str, ...]:
        """The works that its parts were, and are no more."""
        return tuple(part.work for part in self.parts[1:])


class Serials:
    """Every part that is known. What is in the index is looked at once, and only if parts of anything come."""

    def __init__(self, index: Index, shelf: Shelf) -> None:
        self._index = index
        self._shelf = shelf
        self._known: dict[Posted, frozenset[str]] | None = None

    def joined(
        self, landed: Mapping[str, bytes], used: Collection[Digest], apart: Collection[Pair]
    ) -> Iterator[list[Joined]]:
        """The stories of which something has just been read, as their tellings, each with all its parts there are.

        A part that a person said to be `apart` from one of the others stands alone.

        What is `used` is another's already. A telling whose files are too large together stays in pieces.
        """
        fresh = [serial for card in landed.values() if (serial := _serial(card)) is not None]
        if not fresh:
            return
        known = self._learn(fresh)
        touched = {key for serial in fresh for key in serial["keys"]}
        posts = sorted(known)
        for group in together([known[post] for post in posts]):
            if any(not touched.isdisjoint(known[posts[at]]) for at in group):
                told = tellings(posts[at] for at in group if self._is_here(posts[at], used))
                kept = (parts for telling in told for parts in _without(telling, apart))
                yield [Joined(tuple(parts)) for telling in kept for parts in _within_limits(telling)]

    def _learn(self, fresh: Iterable[Json]) -> dict[Posted, frozenset[str]]:
        if self._known is None:
            self._known = {}
            self._put(filter(None, map(_serial, every.raw(self._index, None))))
        self._put(fresh)
        return self._known

    def _put(self, serials: Iterable[Json]) -> None:
        assert self._known is not None
        for serial in serials:
            for part in serial["parts"]:
                post = _posted(part)
                self._known[post] = self._known.get(post, frozenset()) | frozenset(serial["keys"])

    def _is_here(self, post: Posted, used: Collection[Digest]) -> bool:
        return post.original.digest not in used and self._shelf.has(post.original.digest)


def _without(telling: list[Posted], apart: Collection[Pair]) -> Iterator[list[Posted]]:
    """The telling without what is none of it, then each of these by itself."""
    kept: list[Posted] = []
    for post in telling:
        if any(pair_of(post.work, other.work) in apart for other in kept if apart):
            yield [post]
        else:
            kept.append(post)
    yield kept


def _within_limits(telling: list[Posted]) -> list[list[Posted]]:
    """The telling; in pieces, a file each, where its files are too large to be read together."""
    if sum(one.size for one in {post.original for post in telling}) <= MOST_BYTES:
        return [telling]
    apart: defaultdict[Original, list[Posted]] = defaultdict(list)
    for post in telling:
        apart[post.original].append(post)
    return list(apart.values())


def posts_of(card: Card) -> tuple[Posted, ...]:
    """The parts that a work has, in their order; none of what was not posted in parts."""
    return tuple(map(_posted, card.serial["parts"])) if card.serial is not None else ()


def standing_in(card: Card) -> Iterator[Work]:
    """The work as it stands in each original that it was put together from: with that one's pieces alone."""
    beside = card.beside if is_posted(path for path, _ in card.beside) else ()
    for edition in card.work.editions:
        others = {path: tuple(_below(path, edition.pieces)) for path, _ in beside}
        own = tuple(key for key in edition.pieces if not any(key.startswith(f"{path}/") for path in others))
        yield replace(card.work, editions=(Edition(edition.original, own),))
        yield from (replace(card.work, editions=(Edition(one.digest, others[path]),)) for path, one in beside)


def _below(path: str, pieces: Iterable[str]) -> Iterator[str]:
    return (key.removeprefix(f"{path}/") for key in pieces if key.startswith(f"{path}/"))


def _serial(card: bytes) -> Json | None:
    return json.loads(card).get("serial") if _SIGN in card else None


def _posted(part: Json) -> Posted:
    return Posted(part["date"], part["number"], original_from_json(part["original"]), part["piece"])


def parts_in(serials: Iterable[Json]) -> Iterator[Posted]:
    """Every part that these cards name."""
    return (_posted(part) for serial in serials for part in serial["parts"])


MOST_PARTS = 500
"""Of one story: a subject may say any number."""
