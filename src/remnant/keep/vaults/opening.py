"""Opening a pack: fetched, mended in scratch if it must be, unlocked, and its members believed by their digests."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remnant.errors import RefusedError
from remnant.keep import ocfl
from remnant.keep.vaults import age, form, looking, parity, zipped
from remnant.keep.vaults.stores import Store
from remnant.model import Arrival, Digest, Original
from remnant.wire import arrival as arrival_wire
from remnant.wire.canonical import UNREADABLE, parse, time_from_json


class LockedError(RefusedError):
    """A pack is locked, and no key was given."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack's plain ZIP here. `whole` if it is the pack byte for byte; else what is in it proves itself or is lost.

    `mended`: where the pack's file lies that was put together again from spare parts, if it had to be.
    """

    path: Path
    whole: bool
    mended: Path | None


@contextmanager
def opened(store: Store, short: str, room: Path, identity: Path | None = None) -> Iterator[Opened | None]:
    """Bring a pack here as whole as can be, in the scratch folder `room`; None if nothing of it can be read.

    LockedError if it is locked and no `identity` file is given.
    """
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    with ExitStack() as held:
        held.callback(shutil.rmtree, room, ignore_errors=True)
        found = _whole(store, short, room, held) or _mended(store, short, room)
        yield _unlocked(found, short, room, identity) if found else _pieces_of(store, short, room)


def _whole(store: Store, short: str, room: Path, held: ExitStack) -> Opened | None:
    for file in (form.PLAIN, form.SECRET):
        name = f"{form.place_of(short)}/{ocfl.CONTENT}/{file}"
        with suppress(OSError):
            path = held.enter_context(store.local(name, room / file))
            if _is_pack(path, short):
                return Opened(path, True, None)
    return None


def _mended(store: Store, short: str, room: Path) -> Opened | None:
    path = mended_file(store, short, room / "mending")
    return Opened(path, True, path) if path else None


def mended_file(store: Store, short: str, trial: Path) -> Path | None:
    """A pack's file as it should be, from whatever lies in its folder; None if its spare parts do not do."""
    _fetch_all(store, short, trial)
    for file in (form.PLAIN, form.SECRET):
        path = parity.repair(trial, file, lambda sha512: form.short_of(Digest(sha512)) == short)
        if path is not None:
            return path
    return None


def _pieces_of(store: Store, short: str, room: Path) -> Opened | None:
    """What is left of a plain pack that spare parts do not mend. A locked one is lost."""
    trial = room / "mending"
    _fetch_all(store, short, trial)
    found = [path for path in trial.iterdir() if not path.name.endswith(".par2")]
    best = max(found, key=lambda path: path.stat().st_size, default=None)
    return Opened(best, False, None) if best else None


def _fetch_all(store: Store, short: str, room: Path) -> None:
    """Copy whatever lies in a pack's folder into a flat scratch folder."""
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    place = form.place_of(short)
    for stored in store.files(place):
        inner = stored.name.removeprefix(f"{place}/")
        if inner in ocfl.other_files(b""):
            continue
        with suppress(OSError), (room / inner.removeprefix(f"{ocfl.CONTENT}/").replace("/", "-")).open("wb") as file:
            for piece in store.read(stored.name):
                file.write(piece)


def _unlocked(found: Opened, short: str, room: Path, identity: Path | None) -> Opened:
    if not found.path.name.startswith(form.SECRET):
        return found
    if identity is None:
        raise LockedError(
            "This vault is locked. Nothing was changed. --identity FILE names the file with its secret key "
            "(a line that begins AGE-SECRET-KEY-1)."
        )
    plain = room / f"unlocked-{short}.zip"
    age.unlock(found.path, plain, identity)
    return Opened(plain, True, found.mended)


def _is_pack(path: Path, short: str) -> bool:
    return form.short_of(Digest(looking.sums_of(path)[0])) == short


@dataclass(frozen=True, slots=True)
class Held:
    """An original in a pack, its bytes found to be right."""

    original: Original
    name: str
    member: zipped.Member


class Members:
    """What is in an opened pack. Use it in a `with`; members are looked through once, when it is entered."""

    def __init__(self, pack: Opened) -> None:
        self._zip = zipped.Reader(pack.path)
        self._whole = pack.whole
        self.originals: dict[str, Held] = {}
        self.arrivals: dict[str, Arrival] = {}
        self.records: dict[str, zipped.Member] = {}
        self.number = 0
        self.sealed: datetime | None = None

    def __enter__(self) -> Members:
        self._zip.__enter__()
        for member in self._zip.whole_members():
            self._take(member)
        return self

    def __exit__(self, *fault: object) -> None:
        self._zip.__exit__(None, None, None)

    def pieces(self, held: Held) -> Iterator[bytes]:
        return self._zip.pieces(held.member)

    def data(self, member: zipped.Member) -> bytes:
        return self._zip.data(member)

    def _take(self, member: zipped.Member) -> None:
        if match := form.ORIGINAL.fullmatch(member.name):
            self._take_original(match[1], member)
        elif match := form.ARRIVAL.fullmatch(member.name):
            with suppress(*UNREADABLE):
                self.arrivals[match[1]] = arrival_wire.from_json(parse(self._zip.data(member)))
        elif self._whole and (match := form.RECORD.fullmatch(member.name)):
            # Out of a spoilt pack these are not believed: they do not prove themselves.
            self.records[match[2]] = member
        elif self._whole and form.PACK_SAYS.fullmatch(member.name):
            with suppress(*UNREADABLE):
                said = json.loads(self._zip.data(member))
                self.number, self.sealed = int(said["number"]), time_from_json(said["sealed"])

    def _take_original(self, short: str, member: zipped.Member) -> None:
        digest = hashlib.sha512()
        for piece in self._zip.pieces(member):
            digest.update(piece)
        found = Digest(digest.hexdigest())
        if form.short_of(found) == short:
            self.originals[short] = Held(Original(found, member.size), member.name.rpartition("/")[2], member)

    def tells(self, held: Held) -> bool:
        """Whether it is known how an original came."""
        found = self.arrivals.get(form.short_of(held.original.digest))
        return found is not None and found.original == held.original

    def arrival(self, held: Held, now: datetime) -> Arrival:
        """How an original came; if that is lost, that it came out of a vault."""
        if self.tells(held):
            return self.arrivals[form.short_of(held.original.digest)]
        return Arrival(held.original, "vault", held.name, now)
