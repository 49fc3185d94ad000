"""The other side of a join: what is kept there, what was said there, and what of both stays there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from remnant.errors import DamageError
from remnant.keep.folder import Folder
from remnant.keep.journal import Act, Arrived, Despite, Forgotten, Journal, Said
from remnant.keep.ledger import Ledger
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.library.containing import holding
from remnant.library.opening import Library
from remnant.library.wished import private_in
from remnant.model import Arrival, Digest, Likened, Original, work_id


class There:
    """The other library, read and never written. What is turned away here is noted, for no word of it is to come."""

    def __init__(self, folder: Folder, stones: Tombstones, despite: bool) -> None:
        self.folder = folder
        self.shelf = Shelf(folder)
        self.promised = Ledger(folder, whole=True).promised()
        self.journal = Journal(folder)
        private = private_in(self.journal)
        self.private = private | holding(self.shelf, self.promised, private)
        self.unwanted = set() if despite else set(stones.among(self.promised))
        self.copies: dict[Digest, Digest] = {}
        self.despite = despite

    def coming(self, here: dict[Digest, Original]) -> list[Original]:
        """What is not kept here, in the order in which it was promised there."""
        return [one for digest, one in self.promised.items() if digest not in here and digest not in self.private]

    def turned_away(self, original: Original, copy: Original | None = None) -> None:
        """Note that it did not come, or that a redacted copy came in its place: no word of it is to come either."""
        self.unwanted.add(original.digest)
        if copy is not None:
            self.copies[original.digest] = copy.digest

    def retold(self, library: Library) -> Iterator[Act]:
        """What was said there of works that stay in redacted copies, of the same works as they are called here."""
        for said in (entry.act for entry in self.journal.acts()):
            copy = self.copies.get(said.original) if isinstance(said, Said) else None
            if isinstance(said, Said) and copy and said.work == work_id(said.original, said.claim.piece):
                work = work_id(copy, said.claim.piece)
                if library.index().get(work, None) is not None:
                    yield Said(work, copy, said.claim)

    def acts(self, library: Library) -> list[Act]:
        """All that was said there and may be told, and every sighting, the first ones too."""
        firsts = (self._first(library, digest) for digest in self.promised if not self._left_out(digest))
        found = [Arrived(arrival) for arrival in firsts if arrival is not None]
        return [*found, *(act for act in self._told() if not _known_first(library, act))]

    def _told(self) -> Iterator[Act]:
        for entry in self.journal.acts():
            match entry.act:
                case Said(original=digest) if not self._left_out(digest):
                    yield entry.act
                case Arrived(arrival=arrival) if not self._left_out(arrival.original.digest):
                    yield entry.act
                case Likened(of=tellings) if not any(self._left_out(told.original) for told in tellings):
                    yield entry.act
                case Forgotten():
                    yield entry.act
                case Despite():
                    # Whoever keeps a thing despite a wish decides for their own library.
                    continue

    def _left_out(self, digest: Digest) -> bool:
        return digest in self.private or digest in self.unwanted

    def _first(self, library: Library, digest: Digest) -> Arrival | None:
        with suppress(DamageError):
            theirs = self.shelf.arrival(digest)
            return None if _known_first(library, Arrived(theirs)) else theirs
        return None


def _known_first(library: Library, act: Act) -> bool:
    """Whether it says no more than the arrival an original is kept with here."""
    if not isinstance(act, Arrived):
        return False
    try:
        ours = library.shelf.arrival(act.arrival.original.digest)
    except DamageError:
        return False
    return ours == act.arrival and ours.at <= act.arrival.at
