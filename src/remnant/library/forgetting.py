"""Forgetting: what a person wishes gone leaves everything that can be reached, and a tombstone keeps it away.

What takes the place of something is kept and proved before anything goes. A note in the library says what is being
forgotten until all of it is done, so that a forgetting that was stopped is finished; then the note goes too.
"""

from __future__ import annotations

import io
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from remnant.durable import files
from remnant.errors import DamageError, RefusedError, RemnantError, SuspectVolumeError
from remnant.keep import pending as pending_note
from remnant.keep.exports import Exported, Exports
from remnant.keep.forgetting import take_away
from remnant.keep.heeding import REDACTED, Unreadable
from remnant.keep.journal import Act, Forgotten, Said
from remnant.keep.pending import Pending
from remnant.keep.sealing import Sealing, seal, unpromised
from remnant.keep.tombstones import mac_of
from remnant.library import every, indexing
from remnant.library.clearing import ForgottenIn, forget_in_vaults, forget_what_vaults_owe
from remnant.library.forgetting_plans import Plan, Redacted
from remnant.library.giving import where
from remnant.library.opening import Library
from remnant.library.setting_apart import LOCK
from remnant.library.watching import Clock, Progress, nobody_watches, utc_now
from remnant.model import Arrival, Digest, Original, Told
from remnant.wire.likened import new_likened

_DOING = "taking away what was forgotten"
_PATIENCE = 30.0
_AGAIN = "The next remnant vault push, or remnant wish --finish, tries again."
_KEY = "If it is locked, --identity FILE names its secret key."


@dataclass(frozen=True, slots=True)
class Receipt:
    """What went, and what remains.

    `originals` left the shelf, `copies` took the place of containers, `lines` of ledger and journal were closed,
    `words` went out of readers' own files. `unfinished` says what could not be reached, and where to look. `stone` is
    None where all that was left to do was elsewhere: in vaults and exports.
    """

    stone: str | None
    originals: int
    copies: int
    lines: int
    words: int
    exports: tuple[Path, ...]
    vaults: tuple[str, ...]
    unfinished: tuple[str, ...]
    works: tuple[str, ...] = ()

    def speaks_of(self, words: Sequence[str]) -> bool:
        """Whether one of these words is the start of the id of a work that went."""
        return any(work.startswith(word.lower()) for work in self.works for word in words if word)


def forget(
    library: Library,
    plan: Plan,
    *,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    identity: Path | None = None,
) -> Receipt:
    """Do what the plan says; whoever calls this has asked. Killed at any moment, `finish` goes on with it.

    BusyError, before anything goes, where another process goes on writing an index.
    """
    _keep_instead(library, plan, clock)
    pending = Pending(secrets.token_hex(8), plan.gone, plan.ids)
    with library.folder.writing("wish", "forgetting"), ExitStack() as held:
        pending_note.write(library.folder, pending)
        try:
            _hold_indexes(library, held)
        except RemnantError:
            pending_note.clear(library.folder)
            raise
        key = secrets.token_hex(32)
        macs = tuple(sorted({mac_of(key, digest) for digest in (*plan.gone, *plan.barred)}))
        words = tuple(sorted({mac_of(key, digest) for digest in plan.words}))
        library.journal.append([Forgotten(pending.stone, key, macs, words)], clock())
        return _carry_out(library, pending, held, len(plan.copies), clock, progress, identity)


def finish(
    library: Library, *, clock: Clock = utc_now, progress: Progress = nobody_watches, identity: Path | None = None
) -> Receipt | None:
    """Go on with a forgetting that was stopped, or take away again what came back by itself; None if there is neither.

    By itself: a backup or a sync program put it on the shelf, and no promise was made of it.
    """
    with library.folder.writing("wish", "forgetting"), ExitStack() as held:
        pending = pending_note.read(library.folder) or _back_again(library)
        if pending is None:
            return None
        if not any(stone.id == pending.stone for stone in library.tombstones.all()):
            # Stopped before anything was said: nothing went, and nothing is to go.
            pending_note.clear(library.folder)
            return None
        _hold_indexes(library, held)
        return _carry_out(library, pending, held, 0, clock, progress, identity)


def finish_elsewhere(library: Library, *, clock: Clock = utc_now, identity: Path | None = None) -> Receipt | None:
    """Clear the vaults and delete the exports that could not be reached before; None if there are none."""
    kept = library.ledger.promised().keys()

    def is_forgotten(one: Exported) -> bool:
        return bool(library.tombstones.among(one.originals) - kept)

    with library.folder.writing("wish", "forgetting"):
        exports, unfinished = _exports_gone(library, is_forgotten, clock)
        vaults = forget_what_vaults_owe(library, identity=identity, clock=clock)
    unfinished += [sentence for one in vaults if (sentence := _left_in(one)) is not None]
    if not (exports or vaults or unfinished):
        return None
    return Receipt(None, 0, 0, 0, 0, tuple(exports), _cleared(vaults), tuple(unfinished))


def _back_again(library: Library) -> Pending | None:
    gone = sorted(library.tombstones.among(one.digest for one in unpromised(library.folder, library.ledger)))
    if not gone:
        return None
    works = (card.work for card in every.card(library.index(), None))
    theirs = tuple(work.id for work in works if any(edition.original in gone for edition in work.editions))
    pending = Pending(library.tombstones.met(gone[0])[0].stone, tuple(gone), theirs)
    pending_note.write(library.folder, pending)
    return pending


def _hold_indexes(library: Library, held: ExitStack) -> None:
    """Nobody else may write an index while it goes: they would wait for us, and we for them with half of it gone.

    Whoever sets readers apart sees the note and makes way.
    """
    held.enter_context(library.folder.lock("index", _DOING, _PATIENCE))
    held.enter_context(library.folder.lock(LOCK, _DOING, _PATIENCE))


def _carry_out(
    library: Library,
    pending: Pending,
    held: ExitStack,
    copies: int,
    clock: Clock,
    progress: Progress,
    identity: Path | None,
) -> Receipt:
    """From what is outermost to the chains, each step harmless to do again; the index is made again last.

    `held` keeps others from the index until it is gone.
    """
    folder, gone = library.folder, set(pending.gone)

    def is_of_it(one: Exported) -> bool:
        return one.work in pending.works or bool(gone & {*one.originals})

    exports, unfinished = _exports_gone(library, is_of_it, clock)
    taken = take_away(folder, pending, clock)
    _index_anew(library, held, progress)
    vaults = forget_in_vaults(library, pending.gone, identity=identity, clock=clock)
    unfinished += [sentence for one in vaults if (sentence := _left_in(one)) is not None]
    pending_note.clear(folder)
    return Receipt(
        pending.stone,
        taken.originals,
        copies,
        taken.lines,
        taken.words,
        tuple(exports),
        _cleared(vaults),
        tuple(unfinished),
        pending.works,
    )


def _keep_instead(library: Library, plan: Plan, clock: Clock) -> None:
    """Keep what takes the place of containers, and members that were in them only; what people said moves along."""
    coming = [(copy.data, partial(_redacted_arrival, library, plan, copy, clock)) for copy in plan.copies]
    coming += [(data, partial(_member_arrival, plan, name, clock)) for name, data in plan.others]
    sealings = [Sealing(partial(io.BytesIO, data), arrived) for data, arrived in coming]
    for word in seal(library.folder, sealings, clock):
        if isinstance(word, Unreadable):
            raise RefusedError(f"What would take the place of a container cannot be kept. Nothing went. {word.why}")
    for copy in plan.copies:
        library.shelf.get(Digest.of(copy.data))
    said = [act for copy in plan.copies for act in _said_again(library, copy)]
    if said:
        with library.folder.writing():
            library.journal.append(said, clock())


def _said_again(library: Library, copy: Redacted) -> Iterator[Act]:
    """What people said of works that stay, of the same works in the copy."""
    new = dict(copy.moved)
    for entry in library.journal.acts() if new else ():
        if isinstance(entry.act, Said) and entry.act.work in new:
            yield Said(new[entry.act.work], Digest.of(copy.data), entry.act.claim)
    yield from _likened_again(library, copy, new)


def _likened_again(library: Library, copy: Redacted, new: dict[str, str]) -> Iterator[Act]:
    library.sayings.catch_up()
    for word in library.sayings.kin().standing():
        if any(told.work in new for told in word.of):
            moved = (Told(new[one.work], Digest.of(copy.data)) if one.work in new else one for one in word.of)
            yield new_likened(word.what, moved, word.witness, word.batch)


def _redacted_arrival(library: Library, plan: Plan, copy: Redacted, clock: Clock, original: Original) -> Arrival:
    try:
        came = library.shelf.arrival(copy.of)
        name, inside = came.name, came.inside
    except DamageError:
        name, inside = REDACTED, ()
    return Arrival(original, REDACTED, _untold(name, plan), clock(), tuple(_untold(one, plan) for one in inside))


def _member_arrival(plan: Plan, name: str, clock: Clock, original: Original) -> Arrival:
    return Arrival(original, REDACTED, _untold(name, plan), clock())


def _untold(name: str, plan: Plan) -> str:
    """The name, unless it tells of what is forgotten."""
    told = any(secret.casefold() in name.casefold() for secret in plan.secrets if secret.strip())
    return f"{REDACTED}.{name.rpartition('.')[2]}" if told else name


def _index_anew(library: Library, held: ExitStack, progress: Progress) -> None:
    """From nothing: a database keeps in odd corners what was once in it."""
    library.let_go_of_index()
    for path in library.folder.index.iterdir() if library.folder.index.is_dir() else ():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    if library.folder.index.is_dir():
        # The index need not last, but that it went must.
        files.sync_path(library.folder.index)
    held.close()
    indexing.catch_up(library, progress=progress)


def _exports_gone(library: Library, ours: Callable[[Exported], bool], clock: Clock) -> tuple[list[Path], list[str]]:
    """What could not be deleted stays remembered, so that it can be tried again."""
    exports = Exports(library.folder)
    removed, unfinished, again = [], [], set[Path]()
    for one in filter(ours, exports.all()):
        try:
            why = _removed(one)
        except OSError as error:
            why = (
                f"It cannot be deleted ({error.strerror}). Delete it yourself, or have remnant wish --finish try again."
            )
            again.add(one.path)
        if why is None:
            removed.append(one.path)
        else:
            unfinished.append(f"An export was written to {where(one.path)}. {why}")
    exports.drop(lambda one: ours(one) and one.path not in again, clock())
    return removed, unfinished


def _removed(one: Exported) -> str | None:
    """Remove the file if it is still the one that was written; else why not, for good. OSError if it cannot be."""
    bag = next((above for above in one.path.parents if (above / "bagit.txt").is_file()), None)
    if bag is not None:
        return f"It is part of the bag at {bag}, which without it is no longer whole. Delete that bag, or make it anew."
    try:
        if Digest.of(one.path.read_bytes()) != one.digest:
            return "What is there now is not what was written, and was left alone. Look at it yourself."
        one.path.unlink()
        files.sync_path(one.path.parent)
    except SuspectVolumeError:
        return "It was deleted, and its disk did not confirm that. Look whether it is gone."
    except FileNotFoundError:
        return "It is no longer there; if it was moved or copied, delete it yourself."
    return None


def _cleared(vaults: Sequence[ForgottenIn]) -> tuple[str, ...]:
    return tuple(one.name for one in vaults if one.why is None and not one.left)


def _left_in(one: ForgottenIn) -> str | None:
    if one.why is not None:
        return f"The vault {one.name} at {one.target} was not cleared: {one.why} {_AGAIN}"
    if one.left:
        held = f"in {one.left} packs that are locked, or hold beside it what no other copy does"
        return f"The vault {one.name} at {one.target} still holds it {held}. {_AGAIN} {_KEY}"
    return None
