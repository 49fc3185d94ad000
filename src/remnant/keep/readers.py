"""A reader's own file: their places, what they have seen, wish and opened. Private; never copied unasked."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remnant.keep.chain import ENVELOPE, Line, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder
from remnant.model import ProfileKind, Reader, Seen, Spot, WishHow, WishKind
from remnant.wire.canonical import UNREADABLE, Json, time_from_json
from remnant.wire.reader import seen_from_json, seen_to_json, wish_from_json
from remnant.wire.work import spot_from_json, spot_to_json

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_")
_LONGEST = 100
_KINDS = ("spot", "seen", "wish", "opened", "profile")
_IDLE = 1000
"""How many lines that no longer count a file may hold before it is written anew."""


_Key = tuple[str, ...]
_PROFILE: _Key = ("profile",)


@dataclass(frozen=True, slots=True)
class Pin:
    """A PIN as it is kept: scrypt of it with this salt, so that nobody who sees the file sees the PIN."""

    salt: bytes
    key: bytes

    @classmethod
    def of(cls, digits: str, salt: bytes) -> Pin:
        return cls(
            salt, hashlib.scrypt(digits.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1, dklen=32)
        )

    def fits(self, digits: str) -> bool:
        return hmac.compare_digest(Pin.of(digits, self.salt).key, self.key)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left off in a work, and when."""

    spot: Spot
    at: datetime


class ReaderFile:
    """What one reader keeps. The file is made when something is first kept in it."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self._name = name
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

    def reader(self) -> Reader:
        """Who this is: what they have seen, wish and opened. Somebody of whom nothing is written is an adult."""
        newest = self._newest()
        profile, said = newest.get(_PROFILE, {}), newest.values()
        return Reader(
            name=self._name,
            seen={line["canon"]: _seen_in(line) for line in said if line["kind"] == "seen"},
            wishes=tuple(sorted(wish_from_json(line) for line in said if line["kind"] == "wish" and line["how"])),
            kind=ProfileKind(profile.get("profile", ProfileKind.ADULT)),
            opened=frozenset(line["work"] for line in said if line["kind"] == "opened" and line["opened"]),
        )

    def pin(self) -> Pin | None:
        """What this reader's PIN is checked against; None if there is none."""
        said = self._newest().get(_PROFILE, {}).get("pin")
        return Pin(bytes.fromhex(said["salt"]), bytes.fromhex(said["key"])) if said else None

    def exists(self) -> bool:
        return self._path.exists()

    def see(self, canon: str, seen: Seen, at: datetime) -> None:
        """Remember how far this reader has come in a canon, in place of what was said before."""
        self._append({"kind": "seen", "canon": canon, "seen": seen_to_json(seen)}, at)

    def wish(self, kind: WishKind, value: str, how: WishHow | None, at: datetime) -> None:
        """Remember what this reader wishes of such works; None takes the wish back."""
        self._append({"kind": "wish", "wish": kind.value, "value": value, "how": how.value if how else None}, at)

    def open(self, work: str, opened: bool, at: datetime) -> None:
        """Remember that this reader opened a veiled work for good, or that they closed it again."""
        self._append({"kind": "opened", "work": work, "opened": opened}, at)

    def be(self, kind: ProfileKind, pin: Pin | None, at: datetime) -> None:
        """Remember whose profile this is, and what its PIN is checked against."""
        said = None if pin is None else {"salt": pin.salt.hex(), "key": pin.key.hex()}
        self._append({"kind": "profile", "profile": kind.value, "pin": said}, at)

    def take_from(self, other: ReaderFile, at: datetime) -> int:
        """Take over what the file of the same reader in another library says that is not here, or newer; how much."""
        ours, theirs = self._newest(), other._newest()
        newer = [line for key, line in theirs.items() if key not in ours or ours[key]["at"] < line["at"]]
        if newer:
            with self._folder.writing("readers", "writing a reader's file"):
                self._chain.append(_bodies(newer), at)
        return len(newer)

    def _append(self, body: Json, at: datetime) -> None:
        # One lock for all readers: their names are private, and a lock's is not.
        with self._folder.writing("readers", "writing a reader's file"):
            self._chain.append([body], at)
            self._shorten(at)

    def _shorten(self, at: datetime) -> None:
        lines = self._lines()
        if len(lines) <= _IDLE or not all(map(readable, lines)):
            # Nothing to gain yet; or what a newer Remnant wrote, which is not ours to throw away.
            return
        said = _said(lines)
        newest = _newest(said)
        if len(said) > len(newest) + _IDLE:
            self._chain.rewrite(_bodies(newest.values()), at)

    def _newest(self) -> dict[_Key, Json]:
        return _newest(_said(self._lines()))

    def _lines(self) -> list[Line]:
        if not self._path.exists():
            return []
        return [item for item in walk(self._path) if isinstance(item, Line)]


def _said(lines: Iterable[Line]) -> list[Json]:
    return [line.fields for line in lines if line.fields.get("kind") in _KINDS and readable(line)]


def _newest(said: Iterable[Json]) -> dict[_Key, Json]:
    """The lines that count, by what they speak of, the last written last."""
    newest: dict[_Key, Json] = {}
    for line in said:
        key = _key(line)
        newest.pop(key, None)
        newest[key] = line
    return newest


def _bodies(lines: Iterable[Json]) -> list[Json]:
    """What is written again of these lines in another place."""
    return [{key: line[key] for key in line.keys() - ENVELOPE} for line in lines]


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
            return isinstance(fields["canon"], str) and bool(_seen_in(fields))
        case "wish":
            said = isinstance(fields["value"], str) and bool(WishKind(fields["wish"]))
            return said and (fields["how"] is None or bool(wish_from_json(fields)))
        case "opened":
            return isinstance(fields["work"], str) and isinstance(fields["opened"], bool)
        case "profile":
            return bool(ProfileKind(fields["profile"])) and _is_pin(fields["pin"])
        case kind:
            return kind in ("chain", "cut")


def _key(line: Json) -> _Key:
    match line["kind"]:
        case "seen":
            return "seen", line["canon"]
        case "wish":
            return "wish", line["wish"], line["value"]
        case "profile":
            return _PROFILE
        case kind:
            return kind, line["work"]


def _seen_in(line: Json) -> Seen:
    """A line of the first form names one part: seen up to and including it."""
    if "seen" in line:
        return seen_from_json(line["seen"])
    if not isinstance(line["part"], str):
        raise TypeError("A part is a text.")
    return Seen(up_to=line["part"])


def _is_pin(said: Json | None) -> bool:
    return said is None or bool(bytes.fromhex(said["salt"]) and bytes.fromhex(said["key"]))


def names(folder: Folder) -> tuple[str, ...]:
    """The names of all who have a file here, in order."""
    found = (_name_in(path) for path in folder.readers.glob("reader-*.jsonl"))
    return tuple(sorted(name for name in found if name is not None))


def _name_in(path: Path) -> str | None:
    first = next((item for item in walk(path) if isinstance(item, Line)), None)
    name = first.fields.get("reader") if first else None
    return name if isinstance(name, str) else None


def file_name(reader: str) -> str:
    """A name that is safe on every file system, and another for every reader, whatever their name is."""
    raw = reader.encode("utf-8", "surrogatepass")
    plain = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in raw)
    if len(plain) > _LONGEST:
        plain = f"{plain[:_LONGEST]}~{hashlib.sha256(raw).hexdigest()[:32]}"
    return f"reader-{plain}.jsonl"
