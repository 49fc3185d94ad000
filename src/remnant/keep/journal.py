"""The journal: what people said and wished, and how originals came again. Only ever added to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from remnant.keep.chain import HeadLostError, Line, sealed
from remnant.keep.chains import NOTHING_SEEN, Chains, Heads
from remnant.keep.folder import Folder
from remnant.model import Arrival, Claim, Digest, Likened
from remnant.wire import arrival as arrival_wire
from remnant.wire import claim as claim_wire
from remnant.wire import likened as likened_wire
from remnant.wire.canonical import UNREADABLE, Json, time_from_json

_CHAIN_ITSELF = ("chain", "cut", "lost")
"""Kinds of lines that speak of the chain they stand in."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person's claim on a work. `original` is one of its editions', so that the claim finds the work again."""

    work: str
    original: Digest
    claim: Claim


@dataclass(frozen=True, slots=True)
class Arrived:
    """An original that was kept already came again."""

    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A tombstone: by somebody's wish some originals went. `macs` are their keyed digests; no name stands here.

    `words` are keyed digests of samples of its words, by which the same story is known in another file.
    """

    id: str
    key: str
    macs: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Despite:
    """A person keeps something that a tombstone speaks of all the same."""

    stone: str
    mac: str


Act = Said | Arrived | Forgotten | Despite | Likened


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal: which copy of the library wrote it, where in its chain, when, and what it says."""

    replica: str
    seq: int
    at: datetime
    act: Act
    head: str
    """What `heads()` says of this chain once everything up to this line is seen."""


def earliest(arrivals: Iterable[Arrival]) -> Arrival:
    """The first sighting; those of one moment tie by what else they say, so that every copy chooses alike."""
    return min(arrivals, key=_sighting)


def _sighting(arrival: Arrival) -> tuple[datetime, str, str, tuple[str, ...], str, str]:
    whom, terms = arrival.from_whom or "", arrival.terms or ""
    return arrival.at, arrival.door, arrival.name, arrival.inside, whom, terms


class Journal:
    """All chains of the journal; acts are written to this copy's own."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._chains = Chains(folder, "journal", folder.journal)
        self._seen: dict[str, str] = {}
        self._known: dict[object, datetime | None] = {}

    def append(self, acts: Iterable[Act], now: datetime) -> int:
        """Write down acts in one synced write; how many were new. The same act twice adds nothing.

        Of an arrival that is known, an earlier sighting is new.
        """
        coming = _once(acts)
        if not coming:
            return 0
        with self._folder.writing("journal", "writing the journal"):
            self._look()
            new = [_to_json(act) for key, act in coming.items() if self._is_new(key, act)]
            self._chains.append(new, now)
        return len(new)

    def unknown(self, acts: Iterable[Act]) -> int:
        """How many of these acts `append` would write down."""
        coming = _once(acts)
        self._look()
        return sum(self._is_new(key, act) for key, act in coming.items())

    def acts(self, since: Heads = NOTHING_SEEN) -> Iterator[Entry]:
        """What was written past these heads, chain by chain; as `Ledger.lines`, HeadLostError included.

        A line that this Remnant cannot read is passed over: a newer one may have written it.
        """
        for replica, line in self._chains.lines(since):
            entry = _entry(replica, line)
            if entry is not None:
                yield entry

    def heads(self) -> dict[str, str]:
        """How far each chain goes, by replica; to be kept as it is and handed back as `since`."""
        return self._chains.heads()

    def _look(self) -> None:
        try:
            entries = list(self.acts(self._seen))
        except HeadLostError:
            self._seen, self._known = {}, {}
            entries = list(self.acts())
        for entry in entries:
            self._seen[entry.replica] = entry.head
            if self._is_new(_key(entry.act), entry.act):
                self._known[_key(entry.act)] = _since(entry.act)

    def _is_new(self, key: object, act: Act) -> bool:
        known, at = self._known.get(key), _since(act)
        return key not in self._known or (known is not None and at is not None and at < known)


def readable(line: Line) -> bool:
    """Whether this Remnant knows what the line says, or that what it said was taken away."""
    return line.ours and (line.closed or line.fields.get("kind") in _CHAIN_ITSELF or _entry("", line) is not None)


def act_of(line: Line) -> Act | None:
    """What a line says, if it says something that is known here."""
    entry = _entry("", line)
    return entry.act if entry else None


def _entry(replica: str, line: Line) -> Entry | None:
    try:
        act = _from_json(line.fields)
        return Entry(replica, line.seq, time_from_json(line.fields["at"]), act, line.head) if act else None
    except UNREADABLE:
        return None


def _key(act: Act) -> object:
    """What makes two acts the same: a claim goes by its id, an arrival by all but its time."""
    match act:
        case Said(work, original, claim):
            return work, original, claim.id
        case Arrived(arrival):
            return arrival
        case Forgotten(id=identity) | Likened(id=identity):
            return type(act), identity
        case Despite():
            return act


def _once(acts: Iterable[Act]) -> dict[object, Act]:
    """Each act once, of an arrival the earliest sighting."""
    found: dict[object, Act] = {}
    for act in acts:
        known = found.get(_key(act))
        if isinstance(act, Arrived) and isinstance(known, Arrived):
            act = Arrived(earliest((known.arrival, act.arrival)))
        found[_key(act)] = act
    return found


def _since(act: Act) -> datetime | None:
    return act.arrival.at if isinstance(act, Arrived) else None


def _hex(text: str) -> str:
    bytes.fromhex(text)
    return text


def _to_json(act: Act) -> Json:
    match act:
        case Said(work, original, claim):
            claimed = claim_wire.to_json(claim)
            return sealed("said", work=work, original=f"sha512:{original.hex}", claim=claimed)
        case Arrived(arrival):
            return sealed("arrived", arrival=arrival_wire.to_json(arrival))
        case Forgotten(identity, key, macs, words):
            return {"kind": "forgotten", "id": identity, "key": key, "macs": list(macs), "words": list(words)}
        case Despite(stone, mac):
            return {"kind": "despite", "stone": stone, "mac": mac}
        case Likened():
            return sealed("likened", **likened_wire.to_json(act))


def _from_json(fields: Json) -> Act | None:
    """The act of a line; a line that is none (of the chain itself, or of a kind not known here) says nothing."""
    match fields["kind"]:
        case "said":
            claim = claim_wire.from_json(fields["claim"])
            return Said(fields["work"], arrival_wire.digest_from_json(fields["original"]), claim)
        case "arrived":
            return Arrived(arrival_wire.from_json(fields["arrival"]))
        case "forgotten":
            macs, words = (tuple(map(_hex, fields.get(name, ()))) for name in ("macs", "words"))
            return Forgotten(_hex(fields["id"]), _hex(fields["key"]), macs, words)
        case "despite":
            return Despite(_hex(fields["stone"]), _hex(fields["mac"]))
        case "likened":
            return likened_wire.from_json(fields)
        case _:
            return None
