"""A library grown again from one vault alone: chains first, then every original that can be had."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes

from remnant.durable import files
from remnant.errors import RefusedError
from remnant.keep.folder import Folder
from remnant.keep.ledger import Ledger
from remnant.keep.tombstones import Tombstones
from remnant.keep.vaults import looking
from remnant.keep.vaults.carried import Carried, chains_in, longest
from remnant.keep.vaults.chain_mending import made_whole
from remnant.keep.vaults.naming import labels_in
from remnant.keep.vaults.opening import Members, opened
from remnant.keep.vaults.putting_back import out_of, put_back
from remnant.keep.vaults.stores import Store
from remnant.model import Digest

_CATALOGUE = "catalogue.tsv"
_CANONS = "canons/"


@dataclass
class Grown:
    """What came of it. `mended` packs were put together from spare parts; of `spoilt` ones only some was left."""

    originals: int = 0
    chains: list[str] = field(default_factory=list)
    mended: set[str] = field(default_factory=set)
    spoilt: set[str] = field(default_factory=set)
    lost: dict[Digest, str | None] = field(default_factory=dict)
    stopped: bool = False


class GrowingBack:
    """One run. Doing it again goes on where it was stopped."""

    def __init__(self, folder: Folder, store: Store, identity: Path | None, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._store = store
        self._identity = identity
        self._clock = clock
        self._room = folder.staging / "growing-back"
        self._chains: dict[str, Carried] = {}
        self._files: dict[str, tuple[int, bytes]] = {}
        self._back: set[Digest] = set()
        self.done = Grown()

    def run(self, tell: Callable[[int, int], None], stop: Callable[[], bool]) -> Grown:
        """Bring back whatever the vault holds, and name what it promises and does not hold.

        Reads the vault twice: what was to be forgotten is known only once the chains are here.
        """
        packs = sorted(looking.packs_in(self._store))
        if not packs:
            raise RefusedError(f"There are no packs at {self._store.target}. Nothing was changed.")
        for take, after in ((self._take_records, self._finish_records), (self._take_originals, self._finish)):
            for number, short in enumerate(packs):
                tell(number, len(packs))
                if stop():
                    self.done.stopped = True
                    return self.done
                self._open(short, take)
            after()
        tell(len(packs), len(packs))
        return self.done

    def _open(self, short: str, take: Callable[[Members], None]) -> None:
        with opened(self._store, short, self._room / short, self._identity) as pack:
            if pack is None or not pack.whole:
                self.done.spoilt.add(short)
            elif pack.mended:
                self.done.mended.add(short)
            if pack is not None:
                with Members(pack) as members:
                    take(members)

    def _take_records(self, members: Members) -> None:
        self._chains = longest([*self._chains.values(), *chains_in(members)])
        for name, member in members.records.items():
            number, _ = self._files.get(name, (-1, b""))
            if (name == _CATALOGUE or name.startswith(("readers/", _CANONS))) and members.number > number:
                self._files[name] = members.number, members.data(member)

    def _finish_records(self) -> None:
        for name, chain in sorted(self._chains.items()):
            self._lay_down(name, chain)
        for name, (_, data) in self._files.items():
            if name.startswith("readers/"):
                self._put_private(name.removeprefix("readers/"), data)
            elif name.startswith(_CANONS):
                self._put_canon(os.fsdecode(unquote_to_bytes(name.removeprefix(_CANONS))), data)

    def _take_originals(self, members: Members) -> None:
        forgotten = Tombstones(self._folder).among(held.original.digest for held in members.originals.values())
        wanted = [held for held in members.originals.values() if held.original.digest not in forgotten]
        back = put_back(self._folder, out_of(members, wanted, self._clock()), None, self._clock())
        self._back.update(back)

    def _finish(self) -> None:
        known = labels_in(self._files.get(_CATALOGUE, (0, b""))[1])
        wanted = Ledger(self._folder).promised().keys() - self._back
        lost = wanted - Tombstones(self._folder).among(wanted)
        self.done.originals = len(self._back)
        self.done.lost = {digest: known.get(digest.hex) for digest in lost}

    def _lay_down(self, name: str, chain: Carried) -> None:
        path = self._folder.path / name
        ours = path.read_bytes() if path.exists() else b""
        better = made_whole(ours, chain.data)
        if better is not None:
            kind = name.partition("/")[0]
            with self._folder.writing(kind, "laying down a chain"):
                files.replace(path, better, draft=self._folder.staging / "chain.part")
            self.done.chains.append(name)

    def _put_canon(self, name: str, data: bytes) -> None:
        path = self._folder.path / _CANONS / name
        if "/" not in name and "\0" not in name and not name.startswith(".") and name.endswith(".toml"):
            with self._folder.writing("canons", "writing a canon"):
                files.make_folder(path.parent)
                if not path.exists():
                    files.replace(path, data, draft=self._folder.staging / "canon.part")

    def _put_private(self, name: str, data: bytes) -> None:
        path = self._folder.readers / name
        if "/" not in name and name.startswith("reader-") and name.endswith(".jsonl") and not path.exists():
            with self._folder.writing("readers", "writing a reader's file"):
                files.replace(path, data, draft=self._folder.staging / "reader.part", mode=0o600)
