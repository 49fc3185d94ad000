"""Reading the vaults through and mending: the shelf from the vaults, the vaults from spare parts or the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from remnant.durable import files
from remnant.errors import BusyError
from remnant.keep import folder as folders
from remnant.keep.chain import Line, walk
from remnant.keep.ledger import Ledger
from remnant.keep.sealing import recover
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.keep.vaults import begun, form
from remnant.keep.vaults.carried import Carried, chains_in, longest
from remnant.keep.vaults.chain_mending import mend_chains, take_up
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.keep.vaults.memory import Memory
from remnant.keep.vaults.opening import Held, LockedError, Members, opened
from remnant.keep.vaults.pushing import Push
from remnant.keep.vaults.putting_back import out_of, put_back
from remnant.keep.vaults.rebuilding import from_its_own_bytes
from remnant.keep.vaults.stores import Store, UnreachableError
from remnant.keep.vaults.tending import Tending, Trouble
from remnant.library.cataloguing import for_people
from remnant.library.clearing import forget_what_is_owed
from remnant.library.opening import Library
from remnant.library.vaulting import telling
from remnant.library.watching import Clock, Progress, Stage, Stop, never, nobody_watches, utc_now
from remnant.model import Digest

OWED = (
    "Something was to be forgotten in this vault while it was away, and is in it still. remnant vault push, or "
    "check --mend, sees to it."
)


@dataclass(frozen=True, slots=True)
class Tended:
    """One vault read through. `why`: it could not be. `troubles` were found, `left` of them after mending."""

    name: str
    why: str | None = None
    packs: int = 0
    troubles: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """What was made good. `left` are originals that are still harmed, for no vault that was reached has them whole.

    `locked` vaults could have helped, had they been opened.
    """

    originals: tuple[Digest, ...] = ()
    files: tuple[str, ...] = ()
    left: tuple[Digest, ...] = ()
    locked: tuple[str, ...] = ()
    vaults: tuple[Tended, ...] = ()


@dataclass
class _Open:
    """A vault that is reached and held."""

    vault: Vault
    store: Store
    tending: Tending
    troubles: list[Trouble] = field(default_factory=list)


def tend(
    library: Library,
    *,
    mend: bool = False,
    harmed: Iterable[Digest] = (),
    identity: Path | None = None,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
) -> Mended:
    """Read every vault that can be reached, and with `mend` make good what is harmed there and here.

    `harmed` are the originals that a check of the shelf named. Whatever comes from a copy is proved by its digest in
    scratch before it takes the place of anything; what it replaces is set aside. What was done is in the ledger.
    """
    with ExitStack() as held:
        vaults, away = _reached(library, held, clock, identity)
        for one in vaults:
            one.troubles += one.tending.troubles(telling(progress, Stage.TENDING), stop)
            one.tending.remarks += [OWED] * one.tending.memory.owes_forgetting
        if not mend or stop():
            return Mended(vaults=(*map(_tended, vaults), *away))
        return _Mending(library, vaults, identity, clock).run(list(dict.fromkeys(harmed)), away)


def _reached(
    library: Library, held: ExitStack, clock: Clock, identity: Path | None
) -> tuple[list[_Open], tuple[Tended, ...]]:
    vaults: list[_Open] = []
    away: list[Tended] = []
    listed = Vaults(library.folder)
    for vault in listed.all():
        try:
            held.enter_context(listed.held(vault, f"reading the vault {vault.name}"))
            store = begun.reach(vault)
        except (UnreachableError, BusyError) as error:
            away.append(Tended(vault.name, str(error)))
            continue
        vaults.append(_Open(vault, store, Tending(library.folder, vault, store, clock, identity)))
    return vaults, tuple(away)


class _Mending:
    """One run of mending over everything that is reached."""

    def __init__(self, library: Library, vaults: list[_Open], identity: Path | None, clock: Clock) -> None:
        self._library = library
        self._folder = library.folder
        self._vaults = vaults
        self._identity = identity
        self._clock = clock
        self._locked: set[str] = set()

    def run(self, harmed: list[Digest], away: tuple[Tended, ...]) -> Mended:
        frame, chains = self._frame(), self._chains()
        shelf, promised = Shelf(self._folder), Ledger(self._folder, whole=True).promised()
        # A ledger that was spoilt could not say which originals the harmed objects are: then all are looked at again.
        spoilt = [digest for digest in promised if shelf.check(digest).harms] if chains else []
        missing = [digest for digest in promised if not shelf.has(digest)]
        wanted = list(dict.fromkeys([*harmed, *spoilt, *missing]))
        forgotten = Tombstones(self._folder).among(wanted)
        wanted = [digest for digest in wanted if digest not in forgotten]
        back = self._put_back({form.short_of(digest) for digest in wanted})
        left = tuple(digest for digest in wanted if shelf.check(digest).harms)
        tended = [self._forgotten(one, self._mend_vault(one)) for one in self._vaults]
        self._look_after_the_stopped()
        good = tuple(dict.fromkeys(digest for digest in (*wanted, *back) if digest not in left))
        return Mended(good, (*frame, *chains), left, tuple(sorted(self._locked)), (*tended, *away))

    def _look_after_the_stopped(self) -> None:
        """What a mending or an adder that was killed left in staging is promised, or goes."""
        if not self._folder.newer and any(self._folder.staging.glob("run-*")):
            with self._folder.writing():
                recover(self._folder, Ledger(self._folder), self._clock)

    def _frame(self) -> list[str]:
        """The files that stand in every library alike."""
        if self._folder.newer:
            return []
        mended = []
        for name, data in folders.fixed_files().items():
            path = self._folder.path / name
            if path.is_file() and path.read_bytes() == data:
                continue
            with self._folder.writing("ledger", "mending a file of the frame"):
                files.make_folder(path.parent)
                files.replace(path, data)
            mended.append(name)
        return mended

    def _chains(self) -> list[str]:
        """Ledger and journal, from whichever packs carry them, if anything is wrong with them.

        All copies are gathered first: whoever mends from one alone writes on where another still knows more.
        """
        if not chains_harmed(self._library) and not any(it.chain for one in self._vaults for it in one.troubles):
            return []
        best: dict[str, Carried] = {}
        for one in self._vaults:
            for pack in one.tending.memory.packs().values():
                if pack.records:
                    best = longest([*best.values(), *self._carried(one, pack.name)])
        now = self._clock()
        mended = mend_chains(self._folder, best, now)
        taken_up = [name for name, chain in best.items() if take_up(self._folder, chain, now)]
        return sorted({*mended, *taken_up})

    def _carried(self, one: _Open, short: str) -> list[Carried]:
        try:
            with opened(one.store, short, one.tending.room, self._identity) as bundle:
                if bundle is None or not bundle.whole:
                    return []
                with Members(bundle) as members:
                    return list(chains_in(members))
        except LockedError:
            self._locked.add(one.vault.name)
            return []

    def _put_back(self, wanted: set[str]) -> list[Digest]:
        """Have these on the shelf again, and what packs hold that no line promises any more; those that are."""
        still = set(wanted)
        for one in self._vaults:
            still |= one.tending.unpromised().keys()
        # What says how an original came may be lost in one copy and whole in another.
        return self._from_vaults(still, told=True) + self._from_shelf(still) + self._from_vaults(still, told=False)

    def _from_vaults(self, still: set[str], *, told: bool) -> list[Digest]:
        back: list[Digest] = []
        for one in self._vaults if still else ():
            for short in self._holding(one, still):
                back += self._out_of(one, short, still, told=told)
        return back

    def _from_shelf(self, still: set[str]) -> list[Digest]:
        own = filter(None, (from_its_own_bytes(self._folder, short) for short in sorted(still)))
        back = list(put_back(self._folder, own, {"from": "shelf"}, self._clock()))
        still.difference_update(map(form.short_of, back))
        return back

    def _holding(self, one: _Open, wanted: set[str]) -> list[str]:
        """The packs that may hold these, those that are whole first; all of them if nothing is remembered."""
        Push(self._folder, one.vault, one.store, self._clock).learn(self._identity, forget=False)
        packs = one.tending.memory.packs().values()
        holding = [pack for pack in packs if wanted & set(pack.originals)]
        return [pack.name for pack in sorted(holding, key=lambda pack: pack.harm is not None)]

    def _out_of(self, one: _Open, pack: str, still: set[str], *, told: bool) -> list[Digest]:
        """Out of a pack, at first only what it tells of how it came."""
        source: dict[str, object] = {"from": one.vault.identity, "pack": pack}
        try:
            with opened(one.store, pack, one.tending.room, self._identity) as bundle:
                if bundle is None or not still:
                    return []
                with Members(bundle) as members:
                    there = (held for name, held in members.originals.items() if name in still)
                    found = [held for held in there if members.tells(held) or not told]
                    coming = out_of(members, self._not_forgotten(found), self._clock())
                    back = list(put_back(self._folder, coming, source, self._clock()))
        except LockedError:
            self._locked.add(one.vault.name)
            return []
        still.difference_update(map(form.short_of, back))
        return back

    def _not_forgotten(self, found: list[Held]) -> list[Held]:
        forgotten = Tombstones(self._folder).among(held.original.digest for held in found)
        return [held for held in found if held.original.digest not in forgotten]

    def _mend_vault(self, one: _Open) -> Tended:
        tended = _tended(one)
        one.tending.mend_frame()
        lost = [
            trouble
            for trouble in one.troubles
            if trouble.pack and (trouble.gone or not one.tending.mend_pack(trouble.pack, (trouble.what,)))
        ]
        if not one.troubles:
            return tended
        if lost:
            one.tending.mend_by_pushing(lost, for_people(self._library))
        after = Tending(self._folder, one.vault, one.store, self._clock, self._identity)
        left = tuple(trouble.what for trouble in after.troubles(lambda _done, _total: None, never))
        return replace(tended, left=left)

    def _forgotten(self, one: _Open, tended: Tended) -> Tended:
        """What was to go while the vault was away goes now: else it would be learnt of again here, name by name."""
        if not one.tending.memory.owes_forgetting:
            return tended
        try:
            gone = forget_what_is_owed(self._library, one.vault, one.store, self._identity, self._clock)
        except LockedError:
            self._locked.add(one.vault.name)
            return tended
        if Memory(self._folder, one.vault).owes_forgetting:
            return tended
        told = f"Forgotten in it now, as somebody wished while it was away: {gone} of its originals."
        return replace(tended, remarks=(*(one for one in tended.remarks if one != OWED), told))


def chains_harmed(library: Library) -> bool:
    """Whether a line of the ledger or the journal is damaged, or a whole chain is missing."""
    paths = [*library.folder.ledger.glob("*.jsonl"), *library.folder.journal.glob("*.jsonl")]
    return any(not isinstance(item, Line) for path in paths for item in walk(path))


def _tended(one: _Open) -> Tended:
    troubles = tuple(trouble.what for trouble in one.troubles)
    return Tended(one.vault.name, None, one.tending.read, troubles, troubles, tuple(one.tending.remarks))
