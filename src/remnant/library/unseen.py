"""What an index has not seen yet: how far each chain was looked at, and which originals ask to be read past that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from remnant.errors import DamageError
from remnant.keep.journal import Act, Arrived, Said, earliest
from remnant.keep.ledger import Event, Promise
from remnant.library.bundling import matters
from remnant.library.opening import Library
from remnant.model import Arrival, Digest, Likened, Original
from remnant.understand.versions import READER

OWED = "owed"
"""Under this the heads name works that are still to be looked at for others found at the same address."""

READER_HEAD, LEDGER, JOURNAL = "reader", "ledger/", "journal/"
"""What the heads are called that an index remembers: the version of the reader, and each chain after its kind."""


@dataclass(frozen=True, slots=True)
class Item:
    """An original to be read, and how far the chains are seen once it is. `known`: only how it stands is new."""

    original: Original
    heads: dict[str, str]
    known: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be read, each original once. `heads` are seen with nothing read; `elsewhere` came again, otherwise."""

    items: list[Item]
    heads: dict[str, str]
    elsewhere: set[Original]


_Asking = tuple[str, str | None, Original | None]
"""A chain, how far it is seen once that original is read, and the original, if one is to be."""


def is_ours(heads: Mapping[str, str]) -> bool:
    """Whether an index with these heads was made by this version of the reader. An empty one is anybody's."""
    return not heads or heads.get(READER_HEAD) == str(READER.version)


def seen_of(heads: Mapping[str, str], kind: str) -> dict[str, str]:
    """How far the chains of one kind were seen, of all the heads an index remembers."""
    return {name.removeprefix(kind): head for name, head in heads.items() if name.startswith(kind)}


def is_behind(library: Library, heads: Mapping[str, str]) -> bool:
    """Whether anything stands past these heads. Reads only what does."""
    kept = library.ledger.lines(seen_of(heads, LEDGER))
    said = library.journal.acts(seen_of(heads, JOURNAL))
    return not is_ours(heads) or any(True for _ in kept) or any(True for _ in said)


def waiting(library: Library, heads: Mapping[str, str]) -> Waiting:
    """What stands past these heads. A line that asks for nothing is seen with the item before it."""
    found = Waiting([], {}, set())
    taken: set[Original] = set()
    for chain, head, original in (*_promised(library, heads), *_said(library, heads, found.elsewhere)):
        if original is not None and original not in taken:
            taken.add(original)
            found.items.append(Item(original, {chain: head} if head else {}, known=head is None))
        elif head:
            (found.items[-1].heads if found.items else found.heads)[chain] = head
    return found


def original_of(library: Library, digest: Digest) -> Original | None:
    """None for one that is not here: when it comes, what was said of it is known already."""
    try:
        return library.shelf.arrival(digest).original
    except DamageError:
        return None


def _promised(library: Library, heads: Mapping[str, str]) -> Iterator[_Asking]:
    for line in library.ledger.lines(seen_of(heads, LEDGER)):
        yield f"{LEDGER}{line.replica}", line.head, _promised_in(library, line.what)


def _promised_in(library: Library, what: Promise | Event) -> Original | None:
    """A copy that was mended is read again: it may have been unreadable before."""
    match what:
        case Promise(original=original):
            return original
        case Event(kind="mended", digest=Digest() as digest):
            return original_of(library, digest)
        case _:
            return None


def _said(library: Library, heads: Mapping[str, str], elsewhere: set[Original]) -> Iterator[_Asking]:
    """An original of which something was said is read again: what is indexed of it has changed."""
    for line in library.journal.acts(seen_of(heads, JOURNAL)):
        chain = f"{JOURNAL}{line.replica}"
        if isinstance(line.act, Likened):
            yield from ((chain, None, original_of(library, told.original)) for told in line.act.of)
        yield chain, line.head, _spoken_of(library, line.act, elsewhere)


def _spoken_of(library: Library, act: Act, elsewhere: set[Original]) -> Original | None:
    """An original that came earlier than it was kept, as a joined library says, is read again for its date."""
    match act:
        case Said(original=digest):
            return original_of(library, digest)
        case Arrived(arrival=arrival):
            if matters(arrival):
                elsewhere.add(arrival.original)
            return _come_earlier(library, arrival)
        case _:
            return None


def _come_earlier(library: Library, arrival: Arrival) -> Original | None:
    try:
        kept = library.shelf.arrival(arrival.original.digest)
    except DamageError:
        return None
    return kept.original if earliest((kept, arrival)) is arrival else None
