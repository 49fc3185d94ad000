"""A reader's own file: the places they keep and what they have seen. Private; never copied unasked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from remnant.keep.chain import Line, walk
from remnant.keep.chain_writer import ENVELOPE, ChainWriter
from remnant.keep.folder import Folder
from remnant.model import Spot
from remnant.wire.canonical import UNREADABLE, Json, time_from_json
from remnant.wire.work import spot_from_json, spot_to_json

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_")
_LONGEST = 100
_KINDS = ("spot", "seen")
_IDLE = 1000
"""How many lines that no longer count a file may hold before it is written anew."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left off in a work, and when."""

    spot: Spot
    at: datetime


class ReaderFile:
    """What one reader keeps. The file is made when something is first kept in it."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self._path = folder.readers / file_name(name)
        self._chain = ChainWriter(self._path, {"chain": "reader", "reader": name}, folder.aside, mode=0o600)

    def spots(self) -> Mapping[str, Place]:
        """The newest place in each work, by the work's id; the last kept comes last."""
        return {
            line["work"]: Place(spot_from_json(line["spot"]), time_from_json(line["at"]))
            for line in self._newest().values()
            if line["kind"] == "spot"
        }

    def keep(self, work: str, spot: Spot, at: datetime) -> None:
        """Keep this place in the work instead of the one before."""
        self._append({"kind": "spot", "work": work, "spot": spot_to_json(spot)}, at)

    def seen(self) -> Mapping[str, str]:
        """How far this reader has come in each canon."""
        return {line["canon"]: line["part"] for line in self._newest().values() if line["kind"] == "seen"}

    def see(self, canon: str, part: str, at: datetime) -> None:
        """Remember that this reader has seen the canon up to and including this part."""
        self._append({"kind": "seen", "canon": canon, "part": part}, at)

    def take_from(self, other: ReaderFile, at: datetime) -> int:
        """Take over what the file of the same reader in another library says that is not here, or newer; how much."""
        ours, theirs = self._newest(), other._newest()
        newer = [line for key, line in theirs.items() if key not in ours or ours[key]["at"] < line["at"]]
        bodies = [{key: line[key] for key in line.keys() - ENVELOPE} for line in newer]
        if bodies:
            with self._folder.writing("readers", "writing a reader's file"):
                self._chain.append(bodies, at)
        return len(bodies)

    def _append(self, body: Json, at: datetime) -> None:
        # One lock for all readers: their names are private, and a lock's is not.
        with self._folder.writing("readers", "writing a reader's file"):
            self._chain.append([body], at)
            self._shorten(at)

    def _shorten(self, at: datetime) -> None:
        newest = self._newest()
        if not all(map(readable, self._lines())):
            # What a newer Remnant wrote is not ours to throw away.
            return
        if len(self._said()) > len(newest) + _IDLE:
            bodies = [{key: line[key] for key in line.keys() - ENVELOPE} for line in newest.values()]
            self._chain.rewrite(bodies, at)

    def _newest(self) -> dict[tuple[str, str], Json]:
        """The lines that count, by what they speak of, the last written last."""
        newest: dict[tuple[str, str], Json] = {}
        for line in self._said():
            key = (line["kind"], line["work"] if line["kind"] == "spot" else line["canon"])
            newest.pop(key, None)
            newest[key] = line
        return newest

    def _said(self) -> list[Json]:
        return [line.fields for line in self._lines() if line.fields.get("kind") in _KINDS and readable(line)]

    def _lines(self) -> list[Line]:
        if not self._path.exists():
            return []
        return [item for item in walk(self._path) if isinstance(item, Line)]


def readable(line: Line) -> bool:
    """Whether this Remnant knows what a line of a reader's file says."""
    try:
        return line.ours and _makes_sense(line.fields)
    except UNREADABLE:
        return False


def _makes_sense(fields: Json) -> bool:
    match fields["kind"]:
        case "spot":
            known = bool(spot_from_json(fields["spot"]) and time_from_json(fields["at"]))
            return known and isinstance(fields["work"], str)
        case "seen":
            return isinstance(fields["canon"], str) and isinstance(fields["part"], str)
        case kind:
            return kind in ("chain", "cut")


def file_name(reader: str) -> str:
    """A name that is safe on every file system, and another for every reader, whatever their name is."""
    raw = reader.encode("utf-8", "surrogatepass")
    plain = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in raw)
    if len(plain) > _LONGEST:
        plain = f"{plain[:_LONGEST]}~{hashlib.sha256(raw).hexdigest()[:32]}"
    return f"reader-{plain}.jsonl"
