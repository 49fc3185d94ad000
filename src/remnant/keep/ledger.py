"""The ledger: what was promised. What the shelf alone cannot prove: that nothing is missing."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from remnant.keep import checkpoint, ocfl
from remnant.keep.chain import HeadLostError, Line, sealed
from remnant.keep.chains import NOTHING_SEEN, Chains, Heads
from remnant.keep.checkpoint import Checkpoint
from remnant.keep.folder import Folder
from remnant.keep.pending import being_forgotten
from remnant.model import Digest, Original
from remnant.wire.arrival import digest_from_json, original_from_json, original_to_json
from remnant.wire.canonical import UNREADABLE, Json, time_from_json

WORTH = 1000
"""Lines that are worth a new checkpoint, at least; in a longer ledger a tenth of its promises are."""

_PROMISE = "promise"
_CHECKED = "checked"
_ENVELOPE = frozenset({"v", "seq", "batch", "prev", "hash", "at", "kind", "digest", "seal"})


@dataclass(frozen=True, slots=True)
class Promise:
    """This original is kept."""

    original: Original


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the library: `chain` (begun), `cut`, `checked`, `mended`. `detail` is plain JSON."""

    kind: str
    digest: Digest | None
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: which copy of the library wrote it, where in its chain, when, and what it says."""

    replica: str
    seq: int
    at: datetime
    what: Promise | Event
    head: str
    """What `heads()` says of this chain once everything up to this line is seen."""


class Ledger:
    """All chains of the ledger; lines are written to this copy's own. Safe to share among threads.

    What it promises is read past the last checkpoint only; with `whole`, line by line from the first.
    """

    def __init__(self, folder: Folder, *, whole: bool = False) -> None:
        self._folder = folder
        self._chains = Chains(folder, "ledger", folder.ledger)
        self._looking = threading.Lock()
        self._seen: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._promised: dict[Digest, Original] = {}
        self._checks: list[Event] = []
        self._is_begun = whole
        self._past = 0

    def promise(self, originals: Iterable[Original], now: datetime) -> int:
        """Promise those not promised yet, in one synced write; how many those were."""
        with self._folder.writing("ledger", "writing the ledger"):
            new = {one.digest: one for one in self.not_promised(originals)}
            self._remember()
            self._chains.append([_promise_to_json(one) for one in new.values()], now, self._seen)
        return len(new)

    def record(self, events: Iterable[Event], now: datetime) -> None:
        """Write down what happened, in one synced write."""
        lines = [_event_to_json(event) for event in events]
        if lines:
            with self._folder.writing("ledger", "writing the ledger"):
                self._chains.append(lines, now)

    def lines(self, since: Heads = NOTHING_SEEN) -> Iterator[Entry]:
        """What was written past these heads, chain by chain.

        A line that is damaged, or says nothing that can be read here, is passed over; `remnant check` names it.
        HeadLostError if a chain no longer reaches the head given: it was rolled back, and what was made of it is
        to be made again.
        """
        entries = (_entry(replica, line) for replica, line in self._chains.lines(since))
        return (entry for entry in entries if entry is not None)

    def heads(self) -> dict[str, str]:
        """How far each chain goes, by replica; to be kept as it is and handed back as `since`."""
        return self._chains.heads()

    def promised(self) -> dict[Digest, Original]:
        """Every original that was promised, chain by chain in the order of the promises.

        Without those that are just being forgotten by somebody's wish: whatever goes by promises leaves them alone.
        """
        with self._looking:
            self._catch_up()
            self._name()
            gone = being_forgotten(self._folder)
            return {digest: one for digest, one in self._promised.items() if digest not in gone}

    def checks(self) -> list[Event]:
        """What was looked through on this copy's shelf, the last look last."""
        with self._looking:
            self._catch_up()
            return list(self._checks)

    def torn(self) -> bool:
        """Whether a chain ends in a write that was cut off."""
        with self._looking:
            self._catch_up()
            return self._chains.torn(self._seen)

    def not_promised(self, originals: Iterable[Original]) -> list[Original]:
        """Those of them that no line promises."""
        # Asks what is remembered itself: a copy of it for each batch would cost ever more.
        with self._looking:
            self._catch_up()
            return [one for one in originals if one.digest.hex not in self._sizes]

    def _catch_up(self) -> None:
        if not self._is_begun:
            self._begin(checkpoint.read(self._folder))
        try:
            self._look()
        except HeadLostError:
            self._begin(None)
            self._look()

    def _begin(self, known: Checkpoint | None) -> None:
        self._is_begun, self._past = True, 0
        self._seen = dict(known.heads) if known else {}
        self._sizes, self._promised = dict(known.promised) if known else {}, {}
        self._checks = [Event(_CHECKED, None, detail) for detail in known.checks] if known else []

    def _name(self) -> None:
        """Make originals of what was promised since the last time: to do so of all costs more than to read them."""
        for text, size in islice(self._sizes.items(), len(self._promised), None):
            digest = Digest(text)
            self._promised[digest] = Original(digest, size)

    def _remember(self) -> None:
        """Lay down a checkpoint now and then, while the ledger is held."""
        with self._looking:
            if self._past >= max(WORTH, len(self._sizes) // 10):
                checks = tuple(dict(check.detail) for check in self._checks)
                checkpoint.write(self._folder, Checkpoint(self._seen, self._sizes, checks))
                self._past = 0

    def _look(self) -> None:
        last: dict[str, Line] = {}
        for replica, line in self._chains.lines(self._seen):
            last[replica] = line
            self._past += 1
            kind = line.fields.get("kind")
            if kind == _PROMISE and (original := promised_in(line)):
                self._sizes.setdefault(original.digest.hex, original.size)
            elif kind == _CHECKED and replica == self._folder.replica and (check := _said_in(line)):
                self._checks.append(check)
        self._seen |= {replica: line.head for replica, line in last.items()}


def readable(line: Line) -> bool:
    """Whether this Remnant knows what the line says, or that what it said was taken away."""
    return line.ours and (line.closed or _entry("", line) is not None)


def promised_in(line: Line) -> Original | None:
    """What a line promises, if it promises something."""
    what = _told(line)
    return what.original if isinstance(what, Promise) else None


def _said_in(line: Line) -> Event | None:
    what = _told(line)
    return what if isinstance(what, Event) else None


def _told(line: Line) -> Promise | Event | None:
    """What a line says; None where it was taken away, or cannot be read here. Makes no time of its `at`."""
    if line.closed:
        return None
    try:
        datetime.fromisoformat(line.fields["at"])
        return _what(line.fields)
    except UNREADABLE:
        return None


def is_lost_promise(line: Line) -> bool:
    """Whether the line should be a promise of ours, and does not say of what."""
    return line.ours and line.fields.get("kind") == _PROMISE and not readable(line)


def _promise_to_json(original: Original) -> Json:
    return sealed(_PROMISE, id=ocfl.object_id(original.digest), **original_to_json(original))


def _event_to_json(event: Event) -> Json:
    """What happened to one original is sealed, as its promise is: it may have to be forgotten."""
    if event.digest is None:
        return {**event.detail, "kind": event.kind}
    return sealed(event.kind, **event.detail, digest=f"sha512:{event.digest.hex}")


def _entry(replica: str, line: Line) -> Entry | None:
    if line.closed:
        return None
    try:
        return Entry(replica, line.seq, time_from_json(line.fields["at"]), _what(line.fields), line.head)
    except UNREADABLE:
        return None


def _what(fields: Json) -> Promise | Event:
    if fields["kind"] == _PROMISE:
        return Promise(original_from_json(fields))
    if not isinstance(fields["kind"], str):
        raise ValueError("A kind without a name.")
    detail = {key: value for key, value in fields.items() if key not in _ENVELOPE}
    return Event(fields["kind"], digest_from_json(fields["digest"]) if "digest" in fields else None, detail)
