"""Copies elsewhere: which vaults there are, what each holds, and pushing what it does not hold yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from remnant.errors import RefusedError
from remnant.keep.vaults import age, begun, form, parity
from remnant.keep.vaults.counting import copies_elsewhere, standing
from remnant.keep.vaults.listed import Vault, Vaults, name_for
from remnant.keep.vaults.memory import Memory
from remnant.keep.vaults.opening import LockedError
from remnant.keep.vaults.pushing import Push, Pushed
from remnant.keep.vaults.stores import S3, UnreachableError
from remnant.library.cataloguing import for_people
from remnant.library.clearing import forget_what_is_owed
from remnant.library.opening import Library
from remnant.library.watching import Clock, Progress, Stage, Step, Stop, never, nobody_watches, utc_now
from remnant.model import Digest


@dataclass(frozen=True, slots=True)
class Copy:
    """One vault as it was last seen. `waiting` originals are not in it yet; `oldest`: the pack longest unread.

    `owes`: something was to be forgotten in it while it was away, or may have been.
    """

    name: str
    target: str
    recipients: tuple[str, ...]
    readers: tuple[str, ...]
    packs: int
    harmed_packs: int
    bytes: int
    originals: int
    waiting: int
    oldest: datetime | None
    owes: bool = False


@dataclass(frozen=True, slots=True)
class Copies:
    """How many copies each original has, the one on the shelf included, against how many are asked for.

    `by_count` says of how many originals there are that many copies; `short` are those that have too few.
    """

    asked: int
    originals: int
    by_count: tuple[tuple[int, int], ...]
    short: tuple[Digest, ...]
    vaults: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class PushedTo:
    """What a push to one vault did. `why`: it could not be reached or used. `harmed` could not be read whole here.

    `forgotten` originals were taken out that were to go while the vault was away. `too_large` ones it does not take.
    """

    name: str
    why: str | None = None
    packs: int = 0
    originals: int = 0
    bytes: int = 0
    harmed: tuple[Digest, ...] = ()
    gone: int = 0
    unknown: int = 0
    forgotten: int = 0
    too_large: int = 0
    stopped: bool = False


def add(
    library: Library,
    target: str,
    *,
    name: str | None = None,
    recipients: tuple[str, ...] = (),
    readers: tuple[str, ...] = (),
    clock: Clock = utc_now,
) -> Copy:
    """Make a vault at an empty place, or take up the one that is there; nothing is copied yet.

    Adding it again changes what is said anew: its name, where it stands now, whose private files go in.
    """
    parity.program()
    place = _place(library, target)
    if recipients:
        age.check_recipients(recipients)
    says = begun.begin(place, recipients, clock())
    if recipients and set(recipients) != set(says.recipients):
        raise RefusedError(
            f"At {place} stands a vault that is {_locked(says)}. Nothing was changed. For other keys, begin another."
        )
    vaults = Vaults(library.folder)
    known = next((vault for vault in vaults.all() if vault.identity == says.vault), None)
    called = name or (known.name if known else _free_name(vaults, place))
    vault = Vault(called, says.vault, place, says.created, says.recipients, readers or (known.readers if known else ()))
    if any(other.name == called and other.identity != says.vault for other in vaults.all()):
        raise RefusedError(f"There is another vault called {called}. Nothing was changed; --name gives it another.")
    vaults.put(vault)
    if known and known.name != called:
        vaults.forget(known.name)
    if known is None and library.tombstones.all():
        # It may stand there since before somebody wished something gone.
        Memory(library.folder, vault).owe_forgetting(set())
    return _copy(library, vault, frozenset(_shorts(library)))


def push(
    library: Library,
    names: Iterable[str] = (),
    *,
    identity: Path | None = None,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
) -> tuple[PushedTo, ...]:
    """Push to these vaults, or to all. What cannot be reached is named; the others are pushed to all the same."""
    vaults = Vaults(library.folder)
    chosen = [vaults.get(name) for name in names] or vaults.all()
    if not chosen:
        raise RefusedError("There is no vault yet. Nothing was changed. `remnant vault add TARGET` makes one.")
    return tuple(_push(library, vault, identity, clock, progress, stop) for vault in chosen)


def remove(library: Library, name: str) -> Copy:
    """Forget a vault; what stands there stays."""
    vaults = Vaults(library.folder)
    vault = vaults.get(name)
    copy = _copy(library, vault, frozenset(_shorts(library)))
    with vaults.held(vault, "forgetting a vault"):
        vaults.forget(name)
    return copy


def ask_for(library: Library, copies: int) -> None:
    """Ask for so many copies of each original, the one on the shelf included."""
    Vaults(library.folder).ask_for(copies)


def copies(library: Library, harmed: Iterable[Digest] = ()) -> Copies:
    """The copies of everything promised, as the vaults were last read. What is `harmed` has none on the shelf."""
    promised, spoilt = list(library.ledger.promised()), frozenset(harmed)
    elsewhere = copies_elsewhere(library.folder)
    vaults = Vaults(library.folder)
    counts = {digest: elsewhere[form.short_of(digest)] + (digest not in spoilt) for digest in promised}
    asked, shorts = vaults.copies(), frozenset(map(form.short_of, promised))
    return Copies(
        asked,
        len(promised),
        tuple(sorted(Counter(counts.values()).items())),
        tuple(digest for digest, count in counts.items() if count < asked),
        tuple(_copy(library, vault, shorts) for vault in vaults.all()),
    )


def telling(progress: Progress, stage: Stage) -> Callable[[int, int], None]:
    return lambda done, total: progress(Step(stage, done, total))


def _push(
    library: Library, vault: Vault, identity: Path | None, clock: Clock, progress: Progress, stop: Stop
) -> PushedTo:
    try:
        parity.program()
        with Vaults(library.folder).held(vault, f"pushing to the vault {vault.name}"):
            store = begun.reach(vault)
            forgotten = forget_what_is_owed(library, vault, store, identity, clock)
            run = Push(library.folder, vault, store, clock)
            if identity is not None:
                run.learn(identity)
            done = run.run(for_people(library), telling(progress, Stage.PUSHING), stop)
    except (UnreachableError, LockedError) as error:
        return PushedTo(vault.name, str(error))
    return replace(_pushed(vault.name, done), forgotten=forgotten)


def _pushed(name: str, done: Pushed) -> PushedTo:
    size = sum(pack.size for pack in done.packs)
    gone, unknown = len(done.gone), len(set(done.unknown))
    counts = len(done.packs), done.originals, size
    large = len(done.too_large)
    return PushedTo(name, None, *counts, tuple(done.harmed), gone, unknown, too_large=large, stopped=done.stopped)


def _copy(library: Library, vault: Vault, shorts: frozenset[str]) -> Copy:
    seen = standing(library.folder, vault)
    held = set(shorts) & {short for pack in Memory(library.folder, vault).packs().values() for short in pack.originals}
    return Copy(
        vault.name,
        vault.target,
        vault.recipients,
        vault.readers,
        seen.packs,
        seen.harmed,
        seen.bytes,
        len(seen.originals & shorts),
        len(shorts) - len(held),
        seen.oldest,
        Memory(library.folder, vault).owes_forgetting,
    )


def _shorts(library: Library) -> Iterable[str]:
    return map(form.short_of, library.ledger.promised())


def _place(library: Library, target: str) -> str:
    """A target as it is remembered; RefusedError for one that is no copy elsewhere, or that holds a secret."""
    if target.startswith(S3):
        if "@" in target or "?" in target:
            raise RefusedError(
                "Keys do not belong into the name of a vault, for that is written down. Nothing was changed. "
                "Put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            )
        return target.rstrip("/")
    path, own = Path(target).expanduser().resolve(), library.path.resolve()
    if path == own or path.is_relative_to(own) or own.is_relative_to(path):
        raise RefusedError(
            f"{path} and the library lie one in the other: what takes one takes both. Nothing was changed. "
            "Choose a folder on another disk."
        )
    return str(path)


def _free_name(vaults: Vaults, place: str) -> str:
    name, taken = name_for(place), {vault.name for vault in vaults.all()}
    numbered = (f"{name[:28]}-{number}" for number in range(2, 1000))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def _locked(says: form.Says) -> str:
    return f"locked for {', '.join(says.recipients)}" if says.recipients else "not locked"
