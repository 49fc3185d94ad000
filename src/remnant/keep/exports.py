"""Where exports were written: paths of this machine, so that a wish to forget can find them. Private to this copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remnant.keep.chain import Line, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder
from remnant.model import Digest
from remnant.wire.arrival import digest_from_json
from remnant.wire.canonical import UNREADABLE, Json

NAME = "exports.jsonl"
_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was written: of which work and originals, where, and the SHA-512 of its bytes."""

    work: str
    originals: tuple[Digest, ...]
    path: Path
    digest: Digest


class Exports:
    """The file `exports.jsonl` of one library."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._path = folder.path / NAME
        self._chain = ChainWriter(self._path, {"chain": "exports"}, folder.aside, mode=_MODE)

    def remember(self, exports: Iterable[Exported], now: datetime) -> None:
        """Write down where files went, in one synced write. What is written already is not written again."""
        known = {(one.path, one.digest) for one in self.all()}
        bodies = [_to_json(one) for one in exports if (one.path, one.digest) not in known]
        if bodies:
            with self._folder.writing("exports", "remembering where an export went"):
                self._chain.append(bodies, now)

    def all(self) -> tuple[Exported, ...]:
        return tuple(one for line in self._lines() if (one := _from_json(line.fields)) is not None)

    def drop(self, which: Callable[[Exported], bool], now: datetime) -> None:
        """Remember these no longer: the file is written anew without them."""
        known = self.all()
        left = [one for one in known if not which(one)]
        if len(left) < len(known):
            with self._folder.writing("exports", "forgetting where an export went"):
                self._chain.rewrite([_to_json(one) for one in left], now)

    def _lines(self) -> list[Line]:
        return [item for item in walk(self._path) if isinstance(item, Line)] if self._path.exists() else []


def _to_json(one: Exported) -> Json:
    originals = [f"sha512:{digest.hex}" for digest in one.originals]
    path = str(one.path)
    return {
        "kind": "exported", "work": one.work, "originals": originals, "path": path, "file": f"sha512:{one.digest.hex}"
    }  # fmt: skip


def _from_json(fields: Json) -> Exported | None:
    try:
        if fields["kind"] != "exported":
            return None
        originals = tuple(map(digest_from_json, fields["originals"]))
        return Exported(fields["work"], originals, Path(fields["path"]), digest_from_json(fields["file"]))
    except UNREADABLE:
        return None
