"""One hash-chained file of JSON lines: every line proves itself and the line before it.

A line is canonical JSON whose last member, `hash`, is the SHA-256 of the same object without it. `prev` is the hash of
the line before, `seq` counts from 0, and `batch` is the first `seq` of its synced write. A new batch is only begun
when all before it is synced, so a bad line is damage if a later batch follows, and else perhaps a torn write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from remnant.errors import DamageError
from remnant.wire.canonical import Json, canonical, parse

FORM = 1
START = "0" * 64
"""The `prev` of a first line."""

_SEAL = len(b',"hash":""}') + 64


class HeadLostError(DamageError):
    """A chain no longer reaches a line that was seen in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that proves itself, from byte `start` to byte `end`."""

    seq: int
    batch: int
    prev: str
    hash: str
    start: int
    end: int
    fields: Json

    @property
    def ours(self) -> bool:
        """Whether this Remnant knows its form; else it is passed over."""
        form = self.fields.get("v")
        return isinstance(form, int) and form <= FORM

    @property
    def head(self) -> str:
        """How far one has come who has seen this line."""
        return f"{self.seq}:{self.end}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Harm:
    """A line that does not prove itself or does not follow, at this byte; `number` counts from 1."""

    number: int
    start: int
    what: str


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a chain from the first bad line of its last write on, and the lines in it that are good."""

    start: int
    lines: tuple[Line, ...]


Item = Line | Harm | Tail


def link(bodies: Iterable[Json], after: str | None) -> bytes:
    """Forge lines that follow the head `after`, as one batch."""
    seq, _, prev = _parts(after)
    first = seq = seq + 1
    forged = bytearray()
    for body in bodies:
        text = canonical({**body, "v": FORM, "seq": seq, "batch": first, "prev": prev})
        prev = hashlib.sha256(text).hexdigest()
        seq += 1
        forged += text[:-1] + b',"hash":"' + prev.encode("ascii") + b'"}\n'
    return bytes(forged)


def walk(path: Path, since: str | None = None) -> Iterator[Item]:
    """Go along a chain past a head: good lines, harms, and at most one tail, last.

    Lines of the last batch that stand after a bad one are in the tail. HeadLostError if `since` is not in it.
    """
    held: list[Line | Harm] = []
    for item in _judged(path, since):
        if isinstance(item, Line) and item.seq == item.batch:
            yield from held
            held = []
        if held or isinstance(item, Harm):
            held.append(item)
        else:
            yield item
    if held:
        yield Tail(held[0].start, tuple(item for item in held if isinstance(item, Line)))


def _judged(path: Path, since: str | None) -> Iterator[Line | Harm]:
    last: tuple[int, str] | None
    last, start = _resume(path, since)
    number = last[0] + 1
    with path.open("rb") as file:
        file.seek(start)
        for raw in file:
            number += 1
            line = read_line(raw, start)
            if line is None:
                yield Harm(number, start, "does not prove itself")
            else:
                if last and (line.seq, line.prev) != (last[0] + 1, last[1]):
                    yield Harm(number, start, "does not follow the line before it")
                yield line
            # What follows a bad line cannot be compared with it.
            last = (line.seq, line.hash) if line else None
            start += len(raw)


def read_line(raw: bytes, start: int) -> Line | None:
    """A line with its end of line, or None if it does not prove itself."""
    text, seal = raw[: -_SEAL - 1] + b"}", raw[-_SEAL - 1 :]
    digest = hashlib.sha256(text).hexdigest()
    if seal != b',"hash":"' + digest.encode("ascii") + b'"}\n':
        return None
    try:
        fields = parse(text)
        seq, batch, prev = fields["seq"], fields["batch"], fields["prev"]
    except (ValueError, LookupError, RecursionError):
        return None
    if not (type(seq) is type(batch) is int and isinstance(prev, str)):
        return None
    return Line(seq, batch, prev, digest, start, start + len(raw), fields)


def _resume(path: Path, since: str | None) -> tuple[tuple[int, str], int]:
    seq, end, digest = _parts(since)
    seal = f',"hash":"{digest}"}}\n'.encode("ascii")
    with path.open("rb") as file:
        file.seek(max(0, end - len(seal)))
        if since is not None and file.read(len(seal)) != seal:
            raise HeadLostError(
                f"The chain {path.name} no longer reaches line {seq + 1}, which was seen in it. Nothing was "
                "changed. What was made from it is to be made again (`remnant rebuild`)."
            )
    return (seq, digest), end


def _parts(head: str | None) -> tuple[int, int, str]:
    if head is None:
        return -1, 0, START
    seq, end, digest = head.split(":")
    return int(seq), int(end), digest
