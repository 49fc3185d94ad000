"""Pushing: what a vault does not hold yet goes there in sealed packs, and counts once it was read back and is right."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from remnant.errors import DamageError
from remnant.keep import ocfl, ocfl_object, readers
from remnant.keep.chain import HeadLostError
from remnant.keep.folder import Folder
from remnant.keep.journal import Journal
from remnant.keep.ledger import Event, Ledger, Promise
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.keep.vaults import begun, form, looking, sealing
from remnant.keep.vaults.carried import heads_in
from remnant.keep.vaults.folder_store import FolderStore
from remnant.keep.vaults.listed import Vault
from remnant.keep.vaults.memory import Memory, Pack, Records, read_packs
from remnant.keep.vaults.opening import LockedError, Members, opened
from remnant.keep.vaults.stores import Store, TooLargeError
from remnant.model import Digest, Original

VAULTED = "vaulted"
"""A ledger line for a pack that stands in a vault and was read back."""

UNVAULTED = "unvaulted"
"""A ledger line for a pack that was taken out of a vault on purpose, once better ones stood there."""

_AROUND = 64 << 20
"""Bytes of records and of the ZIP around one original, at most: what a pack is full at."""

_LARGE = 1 << 30
"""Bytes up to which nobody asks whether a vault takes them in one file."""

_OURS = frozenset({VAULTED, UNVAULTED, "mended", "checked", "chain", "cut"})
"""Kinds of ledger lines that are no news for a vault."""

Tell = Callable[[int, int], None]
"""Hears how many originals of how many are in the vault."""


@dataclass
class Pushed:
    """What a push did. `gone` were packs that stood there once, `harmed` originals the shelf could not give whole.

    `too_large` are originals that the vault's store does not take.
    """

    packs: list[Pack] = field(default_factory=list)
    harmed: list[Digest] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    too_large: list[Digest] = field(default_factory=list)
    stopped: bool = False

    @property
    def originals(self) -> int:
        return sum(len(pack.originals) for pack in self.packs)


class Push:
    """One run of pushing to one vault. The caller holds the vault (`Vaults.held`).

    What is in packs that are to go is pushed anew, as if they were not there.
    """

    def __init__(
        self,
        folder: Folder,
        vault: Vault,
        store: Store,
        clock: Callable[[], datetime],
        instead_of: Collection[str] = (),
    ) -> None:
        self._folder = folder
        self._vault = vault
        self._store = store
        self._clock = clock
        self._going = frozenset(instead_of)
        self._shelf, self._ledger, self._journal = Shelf(folder), Ledger(folder), Journal(folder)
        self.memory = Memory(folder, vault)
        self.room = folder.staging / f"vault-{vault.name}"
        self.done = Pushed()
        self._number = 0

    def run(self, besides: dict[str, bytes], tell: Tell, stop: Callable[[], bool], *, learn: bool = True) -> Pushed:
        """Push whatever is waiting. `besides` are files for people (the catalogue), by name.

        Without `learn`, what is remembered of the vault is taken as it is.
        """
        shutil.rmtree(self.room, ignore_errors=True)
        if isinstance(self._store, FolderStore):
            self._store.clear_staging()
        self._finish_sealed()
        if learn:
            self.learn()
        self._number = max((pack.number for pack in self.memory.packs().values()), default=0)
        waiting = self.waiting()
        largest = self._store.largest if any(one.size > _LARGE for one in waiting) else None
        self.done.too_large = [one.digest for one in waiting if largest and one.size > largest - _AROUND]
        large = frozenset(self.done.too_large)
        groups = list(_grouped(one for one in waiting if one.digest not in large))
        total = sum(map(len, groups))
        for number, group in enumerate(groups):
            tell(self.done.originals, total)
            last = number == len(groups) - 1
            if stop():
                self.done.stopped = True
                break
            self._push(group, self._records(besides) if last else None)
        if (not groups or self.done.too_large) and not self.done.stopped and self._has_news():
            self._push((), self._records(besides))
        tell(self.done.originals, total)
        shutil.rmtree(self.room, ignore_errors=True)
        return self.done

    def learn(self, identity: Path | None = None, *, forget: bool = True) -> None:
        """Bring what is remembered of the vault into step with what stands there.

        Without `forget`, packs that are gone are still remembered.
        """
        known, there = self.memory.packs(), looking.packs_in(self._store)
        for short in sorted(known.keys() - there.keys()) if forget else ():
            self.memory.forget(short)
            self.done.gone.append(short)
        for short in sorted(there.keys() - known.keys()):
            if not looking.is_begun(there[short]):
                self._learn(short, identity)

    def staying(self) -> list[Pack]:
        """The packs that are not to go."""
        return [pack for pack in self.memory.packs().values() if pack.name not in self._going]

    def waiting(self) -> list[Original]:
        """What is promised, not to be forgotten and in no pack that stays, in the order of the promises."""
        held = {short for pack in self.staying() for short in pack.originals}
        promised = self._ledger.promised()
        forgotten = Tombstones(self._folder).among(promised)
        return [
            one for one in promised.values() if form.short_of(one.digest) not in held and one.digest not in forgotten
        ]

    def deliver(self, sealed: Path, pack: Pack) -> None:
        """Put a sealed pack into the vault and read it back; DamageError if it is not there as it should be."""
        place = form.place_of(pack.name)
        try:
            self._store.put(place, sealed)
        except FileExistsError:
            self._store.replace(place, sealed)
        found = looking.look(self._store, pack.name, looking.files_of(self._store, pack.name))
        if found.harms or found.digest != pack.digest:
            raise DamageError(
                f"A pack was written to the vault {self._vault.name} and reads back otherwise "
                f"({', '.join(found.harms)}). It does not count as a copy. Look at the disk or the bucket."
            )
        self.memory.put(pack)
        detail = {"vault": self._vault.identity, "pack": pack.name, "size": pack.size, "originals": len(pack.originals)}
        self._ledger.record([Event(VAULTED, pack.digest, detail)], self._clock())
        self.done.packs.append(pack)

    def _push(self, group: Iterable[Original], records: tuple[dict[str, bytes], Records] | None) -> None:
        self._number += 1
        files, heads = records or ({}, None)
        contents = sealing.Contents(self._number, tuple(group), files, heads, news=bool(records) and self._has_news())
        says = begun.says(self._vault)
        sealed = sealing.seal(self._shelf, says, contents, self._folder.replica, self.room, self._clock())
        self.done.harmed += sealed.harmed if sealed else [one.digest for one in contents.originals]
        if sealed is None:
            return
        self.memory.wait_for(sealed.pack, sealed.home)
        self._finish_sealed()

    def _finish_sealed(self) -> None:
        place = self.memory.sealed
        if not place.is_dir():
            return
        for pack in read_packs(place):
            home = place / pack.name
            if _is_intact(home, pack):
                try:
                    self.deliver(home, pack)
                except TooLargeError:
                    held = frozenset(pack.originals)
                    self.done.too_large += [one for one in self._ledger.promised() if form.short_of(one) in held]
        shutil.rmtree(place)

    def _learn(self, short: str, identity: Path | None) -> None:
        looked = looking.look(self._store, short, looking.files_of(self._store, short))
        try:
            with opened(self._store, short, self.room, identity) as pack:
                if pack is None or looked.digest is None:
                    self.done.unknown.append(short)
                    return
                with Members(pack) as members:
                    self._remember(looked, looked.digest, members)
        except LockedError:
            self.done.unknown.append(short)

    def _remember(self, looked: looking.Looked, digest: Digest, members: Members) -> None:
        now = self._clock()
        harm = ", ".join(looked.harms) or None
        size = next(
            one.size for one in self._store.files(form.place_of(looked.short)) if one.name.endswith(looked.file)
        )
        names = tuple(members.originals)
        sealed = members.sealed or now
        heads = heads_in(members) if members.records else None
        self.memory.put(Pack(looked.short, looked.file, digest, size, members.number, sealed, now, names, heads, harm))

    def _records(self, besides: dict[str, bytes]) -> tuple[dict[str, bytes], Records]:
        """The chains up to where they are good, the files for people, and those of readers who wish it."""
        ledger, journal = self._ledger.heads(), self._journal.heads()
        files = dict(besides)
        for kind, place, heads in (("ledger", self._folder.ledger, ledger), ("journal", self._folder.journal, journal)):
            for replica, head in heads.items():
                end = int(head.split(":")[1])
                with (place / f"{replica}.jsonl").open("rb") as file:
                    files[f"{kind}/{replica}.jsonl"] = file.read(end)
        private, canons = self._private(), self._canons()
        files |= {f"readers/{name}": data for name, data in private.items()}
        files |= {f"canons/{name}": data for name, data in canons.items()}
        return files, Records(ledger, journal, _marks(private), _marks(canons))

    def _private(self) -> dict[str, bytes]:
        paths = [self._folder.readers / readers.file_name(name) for name in self._vault.readers]
        return {path.name: path.read_bytes() for path in paths if path.exists()}

    def _canons(self) -> dict[str, bytes]:
        """The canons that people wrote here, by their names as a pack can bear them."""
        paths = sorted((self._folder.path / "canons").glob("[!.]*.toml"))
        return {quote(os.fsencode(path.name), safe=""): path.read_bytes() for path in paths if path.is_file()}

    def _has_news(self) -> bool:
        """Whether the newest records in the vault lack anything but what pushing itself wrote."""
        known = [pack for pack in self.staying() if pack.records]
        if not known:
            return bool(self._ledger.heads())
        newest = max(known, key=lambda pack: pack.number).records
        assert newest is not None
        try:
            said = any(True for _ in self._journal.acts(newest.journal))
            promised = any(
                isinstance(line.what, Promise) or line.what.kind not in _OURS
                for line in self._ledger.lines(newest.ledger)
            )
        except HeadLostError:
            return True
        marks = _marks(self._private()), _marks(self._canons())
        return said or promised or marks != (newest.readers, newest.canons)


def _grouped(originals: Iterable[Original]) -> Iterator[tuple[Original, ...]]:
    group: list[Original] = []
    size = 0
    for original in originals:
        if group and (len(group) >= form.FULL_ORIGINALS or size + original.size > form.FULL_BYTES):
            yield tuple(group)
            group, size = [], 0
        group.append(original)
        size += original.size
    if group:
        yield tuple(group)


def _is_intact(home: Path, pack: Pack) -> bool:
    """Whether all of a pack that waits is as it was sealed: none of it was synced, and the power may have failed."""
    file = home / ocfl.CONTENT / pack.file
    return file.exists() and looking.sums_of(file)[0] == pack.digest.hex and not ocfl_object.judge(home)


def _marks(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
