"""Tending one vault: every byte of it read, compared with the library's own ledger, and mended where it is harmed."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remnant.errors import DamageError
from remnant.keep import ocfl
from remnant.keep.chain import Line, walk
from remnant.keep.folder import Folder
from remnant.keep.ledger import Event, Ledger
from remnant.keep.vaults import begun, form, looking, parity, sealing
from remnant.keep.vaults.carried import chains_in
from remnant.keep.vaults.chain_mending import adds_to
from remnant.keep.vaults.listed import Vault
from remnant.keep.vaults.memory import Memory, Pack
from remnant.keep.vaults.opening import LockedError, Members, mended_file, opened
from remnant.keep.vaults.pushing import UNVAULTED, VAULTED, Push, Pushed
from remnant.keep.vaults.stores import Store
from remnant.model import Digest
from remnant.wire.canonical import time_to_json


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong. `pack` names the one it is about, if it is; `gone`: that one is missing.

    `chain`: it is the library's own chain that lacks something, and this vault has it.
    """

    what: str
    pack: str | None = None
    gone: bool = False
    chain: bool = False


class Tending:
    """One run over one vault. The caller holds the vault (`Vaults.held`)."""

    def __init__(
        self,
        folder: Folder,
        vault: Vault,
        store: Store,
        clock: Callable[[], datetime],
        identity: Path | None = None,
    ) -> None:
        self._identity = identity
        self._folder = folder
        self._vault = vault
        self._store = store
        self._clock = clock
        self._ledger = Ledger(folder)
        self.memory = Memory(folder, vault)
        self.room = folder.staging / f"vault-{vault.name}-mending"
        self.remarks: list[str] = []
        self.read = 0

    def troubles(self, tell: Callable[[int, int], None], stop: Callable[[], bool]) -> Iterator[Trouble]:
        """Read the whole vault once; what is wrong with it. `read` counts the packs that are whole."""
        yield from self._frame()
        remembered = self.memory.packs()
        there, known = looking.packs_in(self._store), self._expected(remembered)
        for number, short in enumerate(sorted(there)):
            tell(number, len(there))
            if stop():
                return
            yield from self._pack(short, there[short], known.get(short), remembered.get(short))
        tell(len(there), len(there))
        for short in remembered.keys() - there.keys() - known.keys():
            # The ledger says that it was taken out, and whoever did that was stopped before they forgot it.
            self.memory.forget(short)
        for short in sorted(known.keys() - there.keys()):
            pack = remembered.get(short)
            held = f" with {len(pack.originals)} originals" if pack else ""
            yield Trouble(f"Pack {short[:8]}{held} is gone.", short, gone=True)
        yield from self._rolled_back()
        self.remarks += [f"{name} does not belong there." for name in looking.strays_in(self._store)]

    def mend_frame(self) -> list[str]:
        """Write again what stands in every vault alike, and the vault's name."""
        wrong = list(self._wrong_files())
        for name, data in wrong:
            self._store.write(name, data)
        return [name for name, _ in wrong]

    def mend_pack(self, short: str, harms: tuple[str, ...]) -> bool:
        """Mend a pack from its own spare parts, in scratch first; False, with nothing changed, if they do not do."""
        trial = self.room / short
        shutil.rmtree(self.room, ignore_errors=True)
        try:
            file = mended_file(self._store, short, trial)
            if file is None:
                return False
            home = self._object(short, file)
            self._store.replace(form.place_of(short), home)
            found = looking.look(self._store, short, looking.files_of(self._store, short))
            if found.harms or found.digest is None:
                raise DamageError(
                    f"A mended pack reads back otherwise from the vault {self._vault.name}. The damaged one is kept "
                    "beside it. Look at the disk or the bucket."
                )
            self._record(short, found.digest, {"harms": list(harms), "from": "parity"})
            return True
        finally:
            shutil.rmtree(self.room, ignore_errors=True)

    def mend_by_pushing(self, lost: list[Trouble], besides: dict[str, bytes]) -> Pushed:
        """Put into new packs what those held that cannot be mended, and take them away once nothing hangs on them."""
        remembered = self.memory.packs()
        # Remembered until they are away: what was stopped in between must still know what they hold.
        names = [trouble.pack for trouble in lost if trouble.pack]
        push = Push(self._folder, self._vault, self._store, self._clock, instead_of=names)
        done = push.run(besides, lambda _done, _total: None, lambda: False, learn=False)
        held = {short for pack in push.staying() for short in pack.originals}
        for trouble in lost:
            pack = remembered.get(trouble.pack or "")
            if pack is None:
                if trouble.gone and not push.waiting():
                    self._take_away(trouble)
            elif set(pack.originals) <= held:
                self._take_away(trouble)
            else:
                self._keep_in_mind(pack, trouble)
        return done

    def _keep_in_mind(self, pack: Pack, trouble: Trouble) -> None:
        """A damaged pack that still holds what no other does stays where it is; one that is gone holds nothing."""
        if trouble.gone:
            self.memory.forget(pack.name)
        else:
            self.memory.harmed(pack, trouble.what)

    def _take_away(self, trouble: Trouble) -> None:
        """Set it aside, then say so. Stopped before that, it is gone without a word, and the next mending says it."""
        assert trouble.pack is not None
        digest = self._expected(self.memory.packs()).get(trouble.pack)
        if not trouble.gone:
            self._store.set_aside(form.place_of(trouble.pack))
        self.memory.forget(trouble.pack)
        detail = {"vault": self._vault.identity, "pack": trouble.pack, "why": trouble.what}
        self._ledger.record([Event(UNVAULTED, digest, detail)], self._clock())

    def _frame(self) -> Iterator[Trouble]:
        for name, _ in self._wrong_files():
            yield Trouble(f"{name} is missing or changed.")

    def _wrong_files(self) -> Iterator[tuple[str, bytes]]:
        expected = {form.NAME: form.says_bytes(begun.says(self._vault)), **form.fixed_files()}
        for name, data in expected.items():
            if looking.small(self._store, name) != data:
                yield name, data

    def _pack(self, short: str, names: frozenset[str], expected: Digest | None, pack: Pack | None) -> Iterator[Trouble]:
        if looking.is_begun(names) and expected is None:
            self.remarks.append(
                f"Pack {short[:8]} was never finished: a push was stopped. It holds nothing that counts."
            )
            return
        looked = looking.look(self._store, short, names)
        wrong = looked.digest is not None and expected not in (None, looked.digest)
        harms = (*looked.harms, *(["it is not the pack that the ledger speaks of"] if wrong else []))
        self.remarks += [f"Pack {short[:8]}: {stray}." for stray in looked.strays]
        if harms:
            if pack:
                self.memory.harmed(pack, ", ".join(harms))
            yield Trouble(f"Pack {short[:8]}: {', '.join(harms)}.", short)
        else:
            self.read += 1
            if pack:
                self.memory.verified(pack, self._clock())

    def _expected(self, remembered: dict[str, Pack]) -> dict[str, Digest]:
        """The packs that should stand there: by the ledger, whoever wrote it, and by what is remembered."""
        found = {pack.name: pack.digest for pack in remembered.values()}
        for line in self._ledger.lines():
            match line.what:
                case Event(kind, digest, detail) if detail.get("vault") == self._vault.identity and digest:
                    if kind == VAULTED:
                        found[str(detail.get("pack"))] = digest
                    elif kind == UNVAULTED:
                        found.pop(str(detail.get("pack")), None)
        return found

    def _rolled_back(self) -> Iterator[Trouble]:
        """Whether the vault remembers more than the library does: a library set back to an older state looks whole."""
        yield from self._promised_nowhere()
        packs = [pack for pack in self.memory.packs().values() if pack.records]
        if all(hashes <= _hashes_in(path) for path, hashes in self._seen_in(packs).items()):
            return
        for name in sorted(self._news(packs)):
            yield Trouble(
                f"The library's {name.replace('/', ' ').removesuffix('.jsonl')} no longer holds all that this vault "
                "holds of it: the library was set back, or lines are damaged or gone.",
                chain=True,
            )

    def _promised_nowhere(self) -> Iterator[Trouble]:
        """What a pack holds and no line of the ledger speaks of any more."""
        for short, pack in self.unpromised().items():
            yield Trouble(
                f"Original {short} is in pack {pack[:8]}, and no line of the library's ledger promises it any more.",
                chain=True,
            )

    def unpromised(self) -> dict[str, str]:
        """The short names of such originals, and the pack that each is in. What is to be forgotten is no such thing."""
        if self.memory.owes_forgetting:
            return {}
        promised = {form.short_of(digest) for digest in Ledger(self._folder, whole=True).promised()}
        packs = self.memory.packs().values()
        return {short: pack.name for pack in packs for short in pack.originals if short not in promised}

    def _seen_in(self, packs: list[Pack]) -> dict[Path, set[str]]:
        """The lines up to which these packs hold the library's chains, by their hashes."""
        found: dict[Path, set[str]] = defaultdict(set)
        for records in filter(None, (pack.records for pack in packs)):
            for place, heads in ((self._folder.ledger, records.ledger), (self._folder.journal, records.journal)):
                for replica, head in heads.items():
                    found[place / f"{replica}.jsonl"].add(head.rpartition(":")[2])
        return found

    def _news(self, packs: list[Pack]) -> set[str]:
        """The chains in which the vault says what the library does not, whatever became of their lines."""
        found: set[str] = set()
        for pack in packs:
            with suppress(LockedError), opened(self._store, pack.name, self.room, self._identity) as bundle:
                if bundle is not None and bundle.whole:
                    with Members(bundle) as members:
                        carried = list(chains_in(members))
                    found |= {chain.name for chain in carried if adds_to(self._folder, chain)}
        return found

    def _object(self, short: str, file: Path) -> Path:
        """The whole object again around a pack's good file: what else is unharmed stays, the rest is made anew."""
        said = looking.inventory_of(self._store, short)
        content = self.room / "new" / ocfl.CONTENT
        content.mkdir(parents=True)
        file = file.rename(content / file.name)
        good = _good_parts(self._store, short, said, content)
        if not good:
            for path in content.glob("*.par2"):
                path.unlink()
            parity.make(file)
        digests = {path.name: looking.sums_of(path) for path in sorted(content.iterdir())}
        created = said.created if said else time_to_json(self._clock())
        replica = said.replica if said else self._folder.replica
        sealing.write_around(self.room / "new", short, digests, created, replica)
        return self.room / "new"

    def _record(self, short: str, digest: Digest, detail: dict[str, object]) -> None:
        pack = self.memory.packs().get(short)
        if pack:
            self.memory.verified(pack, self._clock())
        named = {"vault": self._vault.identity, "pack": short, **detail}
        self._ledger.record([Event("mended", digest, named)], self._clock())


def _good_parts(store: Store, short: str, said: ocfl.Inventory | None, content: Path) -> bool:
    """Bring the spare parts beside the pack, if the inventory proves every one of them."""
    parts = [one for one in said.contents if one.name.endswith(".par2")] if said else []
    for part in parts:
        data = looking.small(store, f"{form.place_of(short)}/{part.path}")
        if data is None or Digest.of(data).hex != part.sha512:
            return False
        (content / part.name).write_bytes(data)
    return bool(parts)


def _hashes_in(path: Path) -> set[str]:
    """Those of the good lines of a chain; none if it is not there."""
    try:
        return {item.hash for item in walk(path) if isinstance(item, Line)}
    except FileNotFoundError:
        return set()
