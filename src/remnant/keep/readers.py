"""A reader's own file: their places, what they have seen, wish and opened. Private; never copied unasked."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remnant.errors import DamageError
from remnant.keep.chain import Line, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder
from remnant.keep.reader_lines import (
    LOCK,
    LOCKED,
    PROFILE,
    About,
    lock_in,
    newest,
    opened,
    readable,
    seen_in,
    words_in,
    written_again,
)
from remnant.keep.reader_locks import Key, Lock, LockedError
from remnant.model import ProfileKind, Reader, Seen, Spot, WishHow, WishKind
from remnant.wire.canonical import Json, time_from_json, time_to_json
from remnant.wire.reader import seen_to_json, wish_from_json
from remnant.wire.work import spot_from_json, spot_to_json

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_")
_LONGEST = 100
_IDLE, _IDLE_LOCKED = 1000, 50
"""How many lines that no longer count a file may hold before it is written anew; locked ones are slow to open."""


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
    """What one reader keeps. The file is made when something is first kept in it.

    Under a passphrase, all but whose profile it is needs its `key`: LockedError without.
    """

    def __init__(self, folder: Folder, name: str, key: Key | None = None) -> None:
        self._folder = folder
        self._name = name
        self._path = folder.readers / file_name(name)
        self._chain = ChainWriter(self._path, {"chain": "reader", "reader": name}, folder.aside, mode=0o600)
        self._key = key

    def spots(self) -> Mapping[str, Place]:
        """The newest place in each work, by the work's id; the last kept comes last."""
        return {
            word["work"]: Place(spot_from_json(word["spot"]), time_from_json(word["at"]))
            for word in self._newest().values()
            if word["kind"] == "spot"
        }

    def keep(self, work: str, spot: Spot, at: datetime) -> None:
        """Keep this place in the work instead of the one before."""
        self._append({"kind": "spot", "work": work, "spot": spot_to_json(spot)}, at)

    def reader(self) -> Reader:
        """Who this is: what they have seen, wish and opened. Somebody of whom nothing is written is an adult."""
        said = self._newest().values()
        return Reader(
            name=self._name,
            seen={word["canon"]: seen_in(word) for word in said if word["kind"] == "seen"},
            wishes=tuple(sorted(wish_from_json(word) for word in said if word["kind"] == "wish" and word["how"])),
            kind=self.kind(),
            opened=frozenset(word["work"] for word in said if word["kind"] == "opened" and word["opened"]),
        )

    def kind(self) -> ProfileKind:
        """Whose profile it is; known without the passphrase."""
        return ProfileKind(self._profile().get("profile", ProfileKind.ADULT))

    def pin(self) -> Pin | None:
        """What this reader's PIN is checked against; None if there is none."""
        said = self._profile().get("pin")
        return Pin(bytes.fromhex(said["salt"]), bytes.fromhex(said["key"])) if said else None

    def locked(self) -> Lock | None:
        """The lock it is under, if it is under a passphrase."""
        return lock_in(self._lines())

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
        with self._writing():
            self._chain.append([_profile(kind, pin)], at)
            self._shorten(at)

    def lock(self, lock: Lock, key: Key, at: datetime) -> None:
        """Write the file anew under this lock, which `key` opens; a PIN goes, since the passphrase is asked for."""
        with self._writing():
            words = self._newest()
            self._key = key
            self._rewrite(words, lock, at)

    def unlock(self, at: datetime) -> None:
        """Write the file anew so that all of it stands there plainly."""
        with self._writing():
            self._rewrite(self._newest(), None, at)

    def settle(self, at: datetime) -> None:
        """Write what was locked bit by bit anew in one, without what was to be forgotten in the meantime."""
        lines = self._lines()
        lock = lock_in(lines)
        if lock is not None and sum(line.fields.get("kind") == LOCKED for line in lines) > 1:
            with self._writing():
                self._rewrite(self._newest(), lock, at)

    def take_from(self, other: ReaderFile, at: datetime) -> int:
        """Take over what the file of the same reader in another library says that is not here, or newer; how much.

        One under a passphrase can only be taken over whole, where there is none yet.
        """
        if other.locked() and not self.exists():
            bodies = [line.body for line in other._lines() if line.fields.get("kind") != "chain"]
        else:
            ours, theirs = self._newest(), other._newest()
            newer = [word for key, word in theirs.items() if key not in ours or ours[key]["at"] < word["at"]]
            bodies = self._closed(written_again(newer))
        if bodies:
            with self._writing():
                self._chain.append(bodies, at)
        return len(bodies)

    def _append(self, body: Json, at: datetime) -> None:
        with self._writing():
            self._chain.append(self._closed([{"at": time_to_json(at), **body}]), at)
            self._shorten(at)

    def _writing(self) -> AbstractContextManager[None]:
        # One lock for all readers: their names are private, and a lock's is not.
        return self._folder.writing("readers", "writing a reader's file")

    def _closed(self, bodies: list[Json]) -> list[Json]:
        lock = self.locked() if bodies else None
        plain = [body for body in bodies if lock is None or body["kind"] == "profile"]
        closed = [body for body in bodies if lock is not None and body["kind"] != "profile"]
        return [*plain, *([{"kind": LOCKED, "age": lock.close(closed)}] if lock and closed else ())]

    def _shorten(self, at: datetime) -> None:
        lines = self._lines()
        lock = lock_in(lines)
        idle = _IDLE if lock is None else _IDLE_LOCKED
        if len(lines) <= idle or not all(map(readable, lines)) or (lock and self._key is None):
            # Nothing to gain yet; or what a newer Remnant wrote, or is locked, which is not ours to throw away.
            return
        words = self._newest()
        if lock or len(lines) > len(words) + idle:
            self._rewrite(words, lock, at)

    def _rewrite(self, words: Mapping[About, Json], lock: Lock | None, at: datetime) -> None:
        bodies = written_again(words.values())
        if lock is not None:
            plain = [_profile(ProfileKind(body["profile"]), None) for body in bodies if body["kind"] == "profile"]
            closed = [body for body in bodies if body["kind"] != "profile"]
            stands = {"kind": LOCK, "recipient": lock.recipient, "identity": lock.identity}
            bodies = [*plain, stands, {"kind": LOCKED, "age": lock.close(closed)}]
        self._chain.rewrite(bodies, at)

    def _profile(self) -> Json:
        return newest(words_in(self._lines())).get(PROFILE, {})

    def _newest(self) -> dict[About, Json]:
        lines = self._lines()
        words = words_in(lines)
        if lock_in(lines) is None:
            return newest(words)
        if self._key is None:
            raise LockedError(
                f"What {self._name} keeps is under a passphrase, which was not given. Nothing was shown or changed."
            )
        found = opened(lines, self._key)
        if found is None:
            raise DamageError(
                f"Some of what {self._name} keeps does not open with their passphrase: the file is damaged, or a newer "
                "Remnant wrote it. Nothing was changed."
            )
        return newest([*words, *found])

    def _lines(self) -> list[Line]:
        if not self._path.exists():
            return []
        return [item for item in walk(self._path) if isinstance(item, Line)]


def _profile(kind: ProfileKind, pin: Pin | None) -> Json:
    said = None if pin is None else {"salt": pin.salt.hex(), "key": pin.key.hex()}
    return {"kind": "profile", "profile": kind.value, "pin": said}


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
