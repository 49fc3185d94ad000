"""Hand originals over in a BagIt bag: the files as they came, how they came, and what happened to them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from remnant.durable import files
from remnant.errors import DamageError, RefusedError, RemnantError
from remnant.give import bag as bags
from remnant.give.bag import Happened, Held, Payload
from remnant.give.catalogue import table
from remnant.keep import ocfl
from remnant.keep.exports import Exported, Exports
from remnant.keep.ledger import Entry, Event, Promise
from remnant.keep.objects import arrival_record
from remnant.library.giving import Passed, which_works
from remnant.library.knowing import card_of
from remnant.library.opening import Library
from remnant.library.rescuing import is_mailbox
from remnant.library.watching import Clock, Progress, Stage, Step, Stop, never, nobody_watches, utc_now
from remnant.model import Digest, Reader, Shown, Work, WorkWish
from remnant.shield.names import veiled_arrival

ABOUT = "Stories as they came. data/catalogue.tsv lists them; metadata/premis.xml says what happened to each."
_PRIVATE = "It is wished private: nothing of it leaves this device."
_WITHHELD = "Its author's name is wished withheld, and the file holds it."
_MAIL = "It stands in mail, with other people's addresses. Raw mail is not handed over."
_RESTRICTED = frozenset({"mbox", "eml", "sql"})
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Bagged:
    """What was (or would be) handed over: originals, works, bytes; and works that were passed, with the reason."""

    directory: Path
    originals: int
    works: tuple[str, ...]
    bytes: int
    passed: tuple[Passed, ...]
    notes: tuple[str, ...]


def bag(
    library: Library,
    reader: Reader,
    which: str,
    directory: Path,
    *,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    dry_run: bool = False,
) -> Bagged:
    """Make a bag of the originals of these works, every byte proved on the way; stopped, it leaves nothing.

    RefusedError where something stands at `directory` already.
    """
    if os.path.lexists(directory):
        raise RefusedError(f"{directory} is there already. Nothing was written; name a folder that is not.")
    if directory.resolve().is_relative_to(library.path.resolve()):
        raise RefusedError(f"{directory} is inside the library. Nothing was written; choose a folder outside it.")
    works, notes = which_works(library, reader, which, letters=True)
    cards, passed = _chosen(library, reader, works)
    originals = list(dict.fromkeys(digest for shown in cards for digest in shown.originals))
    size = sum(library.shelf.size(digest) for digest in originals)
    names = tuple(shown.work for shown in cards)
    if not dry_run and originals:
        notes += _made(library, cards, originals, directory, clock, progress, stop)
    return Bagged(directory, len(originals), names, size, tuple(passed), notes)


def _chosen(library: Library, reader: Reader, works: Iterable[str]) -> tuple[list[Shown], list[Passed]]:
    """The works that may be handed over, as they may be shown to whoever gets them."""
    afar, cards, passed = replace(reader, beyond=True), [], []
    for name in works:
        work = card_of(library, reader, name).work
        why = _why_not(library, work)
        if why is not None:
            passed.append(Passed(name, why))
        else:
            cards.append(library.seeing.show(work, None, afar))
    return cards, passed


def _why_not(library: Library, work: Work) -> str | None:
    if WorkWish.PRIVATE in work.wishes:
        return _PRIVATE
    if WorkWish.WITHHOLD_NAME in work.wishes:
        return _WITHHELD
    try:
        paths = [library.shelf.path_of(edition.original) for edition in work.editions]
        return _MAIL if any(map(_is_restricted, paths)) else None
    except DamageError as damage:
        return str(damage)


def _is_restricted(path: Path) -> bool:
    return is_mailbox(path) or path.suffix[1:] in _RESTRICTED


def _made(
    library: Library,
    cards: list[Shown],
    originals: list[Digest],
    directory: Path,
    clock: Clock,
    progress: Progress,
    stop: Stop,
) -> tuple[str, ...]:
    """Under another name until it is whole."""
    draft = directory.with_name(f".{directory.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        held = list(_laid(library, originals, draft, progress, stop))
        if stop():
            raise RefusedError("Stopped. No bag was made, and nothing was changed.")
        _finish(library, draft, cards, held, clock())
        os.rename(draft, directory)
        files.sync_path(directory.parent)
    except OSError as fault:
        raise RefusedError(f"{directory} cannot be written ({fault.strerror}). No bag was made.") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return _remembered(library, directory, cards, held, clock)


def _laid(library: Library, originals: list[Digest], draft: Path, progress: Progress, stop: Stop) -> Iterator[Held]:
    for number, digest in enumerate(originals, 1):
        if stop():
            return
        yield _lay(library, digest, draft)
        progress(Step(Stage.EXPORTING, number, len(originals)))


def _lay(library: Library, digest: Digest, draft: Path) -> Held:
    short = ocfl.object_id(digest).rpartition(":")[2]
    source = library.shelf.path_of(digest)
    path = f"data/originals/{short}/{source.name}"
    files.make_folder((draft / path).parent)
    with library.shelf.open(digest) as proved, (draft / path).open("xb") as file:
        shutil.copyfileobj(proved, file, _CHUNK)
        file.flush()
        files.sync(file.fileno())
    arrival = veiled_arrival(library.shelf.arrival(digest))
    files.write_new((draft / path).with_name("arrival.json"), arrival_record(arrival))
    return Held(f"urn:remnant:{short}", arrival.name, Payload(path, digest.hex, source.stat().st_size))


def _finish(library: Library, draft: Path, cards: list[Shown], held: list[Held], now: datetime) -> None:
    """The tag files, and last the declaration that makes it a bag."""
    files.write_new(draft / "data" / "catalogue.tsv", table(cards))
    proved = {one.payload.path: one.payload for one in held}
    laid = [path for path in sorted((draft / "data").rglob("*")) if path.is_file()]
    payload = [proved.get(path.relative_to(draft).as_posix()) or _payload(draft, path) for path in laid]
    files.make_folder(draft / "metadata")
    tags = {
        "bag-info.txt": bags.info(payload, now, ABOUT),
        "manifest-sha512.txt": bags.manifest(payload),
        "metadata/premis.xml": bags.premis(held, _happened(library, held, now)),
        "bagit.txt": bags.DECLARATION,
    }
    for name, data in tags.items():
        files.write_new(draft / name, data)
    told = [Payload(name, Digest.of(data).hex, len(data)) for name, data in tags.items()]
    files.write_new(draft / "tagmanifest-sha512.txt", bags.manifest(told))
    files.sync_path(draft)


def _payload(draft: Path, path: Path) -> Payload:
    with path.open("rb") as file:
        data = file.read()
    return Payload(path.relative_to(draft).as_posix(), Digest.of(data).hex, len(data))


def _happened(library: Library, held: Iterable[Held], now: datetime) -> Iterator[Happened]:
    """What the ledger tells of them, in its order, and that each was proved just now."""
    by_digest = {Digest(one.payload.sha512): one.identifier for one in held}
    for line in library.ledger.lines():
        found = _event_of(line)
        if found is not None and found[0] in by_digest:
            digest, kind, about = found
            yield Happened(f"{line.replica}:{line.seq}", kind, line.at, about, by_digest[digest])
    for identity in by_digest.values():
        yield Happened(
            f"bagging:{identity}", "fixity check", now, "Read whole and found right on its way into the bag.", identity
        )


def _event_of(line: Entry) -> tuple[Digest, str, str] | None:
    match line.what:
        case Promise(original=original):
            return original.digest, "ingestion", "Sealed on the shelf and promised."
        case Event(kind="mended", digest=Digest() as digest):
            return digest, "replacement", "A damaged copy was replaced by a good one; the bytes are those promised."
    return None


def _remembered(
    library: Library, directory: Path, cards: list[Shown], held: list[Held], clock: Clock
) -> tuple[str, ...]:
    """Write down where the files lie, so that a wish to forget finds them."""
    paths = {Digest(one.payload.sha512): directory.absolute() / one.payload.path for one in held}
    laid = [
        Exported(shown.work, shown.originals, paths[d], d) for shown in cards for d in shown.originals if d in paths
    ]
    try:
        Exports(library.folder).remember(laid, clock())
    except RemnantError:
        return ("Where this bag lies could not be written down here: a wish to forget will not find it.",)
    return ()
