"""One hash-chained file of JSON lines: every line proves itself and the line before it.

A line is canonical JSON whose last member, `hash`, is the SHA-256 of the same object without it. `prev` is the hash of
the line before, `seq` counts from 0, and `batch` is the first `seq` of its synced write. A new batch is only begun
when all before it is synced, so a bad line is damage if a later batch follows, and else perhaps a torn write.

What a line says of somebody's story stands in `open`, with a salt, before `hash` and outside of it; `seal` is the
SHA-256 of `open`. So `open` can be taken away, and what is left proves itself as before and tells nothing.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from remnant.errors import DamageError
from remnant.wire.canonical import Json, canonical, parse

FORM = 2
"""The newest form of a line. Those without a seal are still of the first, which is for ever read."""
START = "0" * 64
"""The `prev` of a first line."""
OPEN = "open"

_HASH = len(b',"hash":""}') + 64
_SALT = 16
_OPENING = re.compile(rb'"v":[0-9]{1,9}(,"open":)(?=\{)')


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
    """What it says, whether sealed or not, without the salt."""
    seal: str | None = None
    opening: Json | None = None
    """What stands under the seal, salt and all; None if nothing was sealed, or what was is taken away."""

    @property
    def closed(self) -> bool:
        """Whether what it said was taken away."""
        return self.seal is not None and self.opening is None

    @property
    def body(self) -> Json:
        """What `link` makes the same line of, in another place of a chain."""
        plain = {name: self.fields[name] for name in self.fields.keys() - ENVELOPE - (self.opening or {}).keys()}
        return plain if self.opening is None else {**plain, OPEN: self.opening}

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

ENVELOPE = frozenset({"v", "seq", "batch", "prev"})
"""What a line says of itself and not of the world."""


def sealed(kind: str, **members: object) -> Json:
    """A body whose members can be taken away again. Its salt keeps anybody from guessing them by their seal."""
    return {"kind": kind, OPEN: {**members, "salt": secrets.token_hex(_SALT)}}


def link(bodies: Iterable[Json], after: str | None) -> bytes:
    """Forge lines that follow the head `after`, as one batch."""
    seq, _, prev = _parts(after)
    first = seq = seq + 1
    forged = bytearray()
    for body in bodies:
        under, told = _under_seal(body)
        text = canonical({**told, "seq": seq, "batch": first, "prev": prev})
        prev = hashlib.sha256(text).hexdigest()
        seq += 1
        forged += text[:-1] + under + b',"hash":"' + prev.encode("ascii") + b'"}\n'
    return bytes(forged)


def _under_seal(body: Json) -> tuple[bytes, Json]:
    """What of a body is not hashed, as it stands in the line, and what is."""
    if OPEN not in body:
        return b"", {**body, "v": FORM if "seal" in body else 1}
    text = canonical(body[OPEN])
    plain = {name: value for name, value in body.items() if name != OPEN}
    return b',"open":' + text, {**plain, "v": FORM, "seal": hashlib.sha256(text).hexdigest()}


def walk(path: Path, since: str | None = None) -> Iterator[Item]:
    """Go along a chain past a head: good lines, harms, and at most one tail, last.

    Lines of the last batch that stand after a bad one are in the tail. HeadLostError if `since` is not in it.
    """
    last, start = _resume(path, since)
    with path.open("rb") as file:
        file.seek(start)
        yield from _gathered(_judged(file, last, start))


def walk_through(data: bytes) -> Iterator[Item]:
    """Go along a whole chain that is not in a file, as `walk` does."""
    return _gathered(_judged(io.BytesIO(data), (-1, START), 0))


def _gathered(judged: Iterable[Line | Harm]) -> Iterator[Item]:
    held: list[Line | Harm] = []
    for item in judged:
        if isinstance(item, Line) and item.seq == item.batch:
            yield from held
            held = []
        if held or isinstance(item, Harm):
            held.append(item)
        else:
            yield item
    if held:
        yield Tail(held[0].start, tuple(item for item in held if isinstance(item, Line)))


def _judged(raws: Iterable[bytes], after: tuple[int, str], start: int) -> Iterator[Line | Harm]:
    """Lines from byte `start` on, that follow the line of this number and hash."""
    last: tuple[int, str] | None = after
    for number, raw in enumerate(raws, after[0] + 2):
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
    text, under = parted(raw)
    end = raw[-_HASH - 1 :]
    digest = hashlib.sha256(text).hexdigest()
    if end != b',"hash":"' + digest.encode("ascii") + b'"}\n':
        return None
    try:
        # In one go: most of what a ledger costs to read is this.
        fields = parse(raw)
        del fields["hash"]
        opening = fields.pop(OPEN) if under else None
        seq, batch, prev, seal = fields["seq"], fields["batch"], fields["prev"], fields.get("seal")
    except (ValueError, LookupError, RecursionError):
        return None
    if not (type(seq) is type(batch) is int and isinstance(prev, str)):
        return None
    if opening is None:
        return Line(seq, batch, prev, digest, start, start + len(raw), fields, seal)
    if seal != hashlib.sha256(under).hexdigest():
        return None
    said = {name: opening[name] for name in opening.keys() - fields.keys() if name != "salt"}
    return Line(seq, batch, prev, digest, start, start + len(raw), {**fields, **said}, seal, opening)


def parted(raw: bytes) -> tuple[bytes, bytes]:
    """What of a line is hashed, and what stands in it under a seal."""
    text = raw[: -_HASH - 1]
    opening = _OPENING.search(text) if b',"open":{' in text else None
    if opening is None:
        return text + b"}", b""
    return text[: opening.start(1)] + b"}", text[opening.end(1) :]


def _resume(path: Path, since: str | None) -> tuple[tuple[int, str], int]:
    seq, end, digest = _parts(since)
    last = f',"hash":"{digest}"}}\n'.encode("ascii")
    with path.open("rb") as file:
        file.seek(max(0, end - len(last)))
        if since is not None and file.read(len(last)) != last:
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
