"""How far the ledger was read and what it promised by then, so that not every process reads all of it again.

Disposable, and stands with the index. It holds for the very bytes it was made of: their SHA-256 is taken again each
time, which costs a small part of reading them line by line. Whatever is wrong with it, it is passed over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from remnant.keep.chain import FORM as CHAIN_FORM
from remnant.keep.folder import Folder
from remnant.wire.canonical import UNREADABLE, Json, canonical, parse

NAME = "promised"
FORM = 1
_SEAL = 32
_DIGEST = 128
_LINES = re.compile(r"(?:[0-9a-f]{128} [0-9]{1,18}\n)*+")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`heads`: how far each chain was read. `promised`: digests in hex, in order, and sizes.

    `checks`: what this copy's own chain says was looked through.
    """

    heads: Mapping[str, str]
    promised: Mapping[str, int]
    checks: tuple[Json, ...]


def read(folder: Folder) -> Checkpoint | None:
    """The checkpoint, if it was made of what stands in the ledger now; None without one."""
    try:
        return _parsed(folder, (folder.index / NAME).read_bytes())
    except (OSError, *UNREADABLE):
        return None


def write(folder: Folder, found: Checkpoint) -> None:
    """Lay it down for the next process, unsynced; where that cannot be, nothing is lost.

    The caller holds the ledger, so that what is just being forgotten does not come to stand here behind its back.
    """
    with suppress(OSError):
        if folder.index.is_dir():
            sums = {replica: [head, _sum(folder, replica, head)] for replica, head in found.heads.items()}
            said = {"v": FORM, "form": CHAIN_FORM, "replica": folder.replica, "chains": sums, "checks": [*found.checks]}
            lines = (f"{digest} {size}\n" for digest, size in found.promised.items())
            body = canonical(said) + b"\n" + "".join(lines).encode("ascii")
            _put(folder.index / NAME, body + hashlib.sha256(body).digest())


def _put(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{NAME}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _parsed(folder: Folder, data: bytes) -> Checkpoint | None:
    body, seal = data[:-_SEAL], data[-_SEAL:]
    if hashlib.sha256(body).digest() != seal:
        return None
    text, _, lines = body.partition(b"\n")
    said = parse(text)
    if (said["v"], said["form"], said["replica"]) != (FORM, CHAIN_FORM, folder.replica):
        return None
    if any(_sum(folder, replica, head) != known for replica, (head, known) in said["chains"].items()):
        return None
    heads = {replica: head for replica, (head, _) in said["chains"].items()}
    return Checkpoint(heads, _sizes(lines.decode("ascii")), tuple(said["checks"]))


def _sum(folder: Folder, replica: str, head: str) -> str:
    """The SHA-256 of a chain up to a head."""
    path = folder.ledger / f"{replica}.jsonl"
    if path.parent != folder.ledger:
        raise ValueError("That is no name of a chain.")
    digest, left = hashlib.sha256(), int(head.split(":")[1])
    with path.open("rb") as file:
        while left and (piece := file.read(min(left, _CHUNK))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _sizes(lines: str) -> dict[str, int]:
    if not _LINES.fullmatch(lines):
        raise ValueError("These are no digests with their sizes.")
    return {line[:_DIGEST]: int(line[_DIGEST:]) for line in lines.splitlines()}
