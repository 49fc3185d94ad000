"""Taking away what lines of chains say of something forgotten, so that the chains still prove themselves.

Of a sealed line `open` goes, salt and all; its hash stays right. A chain that speaks of it in lines of the first form,
which hash what they say, is linked anew: each such line is sealed first. A damaged line that speaks of it becomes a
line that says only that one was lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remnant.durable import files
from remnant.keep.chain import OPEN, Line, link, parted, read_line, sealed
from remnant.keep.folder import Folder
from remnant.keep.ledger import Event, Ledger
from remnant.wire.canonical import Json, canonical, time_to_json

REMOVED = "removed"
"""The kind of the ledger's line that says what was closed, and by which tombstone."""

Speaks = Callable[[bytes], bool]
"""Whether the raw bytes of a line speak of what is to be forgotten."""

_SEALED_KINDS = frozenset({"promise", "mended", "said", "arrived"})
_KEPT_PLAIN = frozenset({"kind", "at", "v", "seq", "batch", "prev", "seal"})


@dataclass(frozen=True, slots=True)
class Speaking:
    """The lines of one chain that speak of it, by `seq`, and whether the chain must be linked anew to close them."""

    chain: str
    path: Path
    seqs: tuple[int, ...]
    anew: bool


def speaking(folder: Folder, speaks: Speaks) -> tuple[Speaking, ...]:
    """Every chain of the ledger and the journal in which something is to be closed."""
    found = (_in_chain(path, speaks) for path in _chains(folder))
    return tuple(one for one in found if one.seqs or one.anew)


def close(folder: Folder, chains: tuple[Speaking, ...], speaks: Speaks, now: datetime) -> None:
    """Close those lines, each chain in one step; the caller has written down which they are. Twice is harmless."""
    for one in chains:
        lock = one.chain.partition("/")[0]
        with folder.writing(lock, "taking away what was forgotten"):
            raws = one.path.read_bytes().splitlines(keepends=True)
            data = _linked_anew(raws, speaks, now) if one.anew else b"".join(_shut(raw, speaks) for raw in raws)
            files.replace(one.path, data, draft=one.path.with_suffix(".part"))


def closed_lines(path: Path) -> Iterator[int]:
    """The lines of a chain that say nothing any more, by `seq`."""
    with path.open("rb") as file:
        for raw in file:
            # Looked at as bytes first: nearly every line is open, and reading it costs ten times as much.
            if b'"seal":' in raw and b',"open":' not in raw and (line := read_line(raw, 0)) and line.closed:
                yield line.seq


def unexplained(folder: Folder) -> Iterator[tuple[str, int]]:
    """Lines that were closed, and no `removed` of the ledger says that they were to be."""
    closed = [(f"{path.parent.name}/{path.stem}", seq) for path in _chains(folder) for seq in closed_lines(path)]
    known = _explained(folder) if closed else {}
    yield from ((chain, seq) for chain, seq in closed if seq not in known.get(chain, ()))


def _explained(folder: Folder) -> dict[str, set[int]]:
    """The lines of which the ledger says that they were to be closed."""
    events = (entry.what for entry in Ledger(folder).lines())
    known: dict[str, set[int]] = {}
    for event in events:
        if isinstance(event, Event) and event.kind == REMOVED:
            for chain, seqs in _said_of(event).items():
                known.setdefault(chain, set()).update(seqs)
    return known


def _said_of(event: Event) -> dict[str, list[int]]:
    lines = event.detail.get("lines")
    return lines if isinstance(lines, dict) and all(isinstance(seqs, list) for seqs in lines.values()) else {}


def _chains(folder: Folder) -> list[Path]:
    return [*sorted(folder.ledger.glob("*.jsonl")), *sorted(folder.journal.glob("*.jsonl"))]


def _in_chain(path: Path, speaks: Speaks) -> Speaking:
    seqs, anew = [], False
    with path.open("rb") as file:
        for raw in file:
            if not speaks(raw):
                continue
            line = read_line(raw, 0)
            anew = anew or line is None or line.opening is None
            if line is not None:
                seqs.append(line.seq)
    return Speaking(f"{path.parent.name}/{path.stem}", path, tuple(seqs), anew)


def _shut(raw: bytes, speaks: Speaks) -> bytes:
    text, under = parted(raw)
    if not under or not speaks(raw):
        return raw
    return text[:-1] + raw[len(text) - 1 + len(b',"open":') + len(under) :]


def _linked_anew(raws: list[bytes], speaks: Speaks, now: datetime) -> bytes:
    """The whole chain again in the newest form, its batches as they were."""
    data, head = bytearray(), None
    for bodies in _batches(raws, speaks, now):
        data += link(bodies, head)
        seq = len(bodies) + (-1 if head is None else int(head.partition(":")[0]))
        head = f"{seq}:{len(data)}:{data[-67:-3].decode('ascii')}"
    return bytes(data)


def _batches(raws: list[bytes], speaks: Speaks, now: datetime) -> Iterator[list[Json]]:
    batch: list[Json] = []
    for raw in raws:
        line = read_line(raw, 0)
        if batch and line is not None and line.seq == line.batch:
            yield batch
            batch = []
        batch.append(_lost(raw, now) if line is None else _body(line, speaks(raw)))
    if batch:
        yield batch


def _lost(raw: bytes, now: datetime) -> Json:
    return {"kind": "lost", "bytes": len(raw), "at": time_to_json(now)}


def _body(line: Line, shut: bool) -> Json:
    body = line.body
    if line.seal is None and (shut or body.get("kind") in _SEALED_KINDS):
        members = {name: body[name] for name in body.keys() - _KEPT_PLAIN}
        plain = {name: body[name] for name in body.keys() & _KEPT_PLAIN}
        body = {**plain, **sealed(str(body.get("kind")), **members)}
    if shut and OPEN in body:
        seal = hashlib.sha256(canonical(body.pop(OPEN))).hexdigest()
        body = {**body, "seal": seal}
    return body
