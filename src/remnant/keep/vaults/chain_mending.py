"""Chains of the library made whole from the copies that packs carry: every good line stays, and none is made up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from remnant.durable import files
from remnant.keep.chain import Item, Line, Tail, walk_through
from remnant.keep.folder import Folder
from remnant.keep.journal import Act, Arrived, Journal, Said, act_of
from remnant.keep.ledger import Event, Ledger, promised_in
from remnant.keep.tombstones import Tombstones
from remnant.keep.vaults.carried import Carried
from remnant.model import Likened, Original


def mend_chains(folder: Folder, carried: Mapping[str, Carried], now: datetime) -> list[str]:
    """Put whole chains in the place of damaged, cut or missing ones; the names of those that were mended.

    What stood there goes to `aside`. A chain that forked from the carried one is left alone.
    """
    mended: dict[str, str] = {}
    for name, chain in sorted(carried.items()):
        with folder.writing(name.partition("/")[0], "mending a chain"):
            aside = _mend(folder, folder.path / name, chain)
        if aside is not None:
            mended[name] = aside
    # Only now: a word in the ledger before it is mended would stand where a line of its own belongs.
    told = [{"chain": name, "aside": aside, "from": "vault"} for name, aside in mended.items()]
    Ledger(folder).record([Event("mended", None, detail) for detail in told], now)
    return list(mended)


def _mend(folder: Folder, path: Path, chain: Carried) -> str | None:
    """The name of what was set aside, empty if nothing stood there; None if there is nothing to mend."""
    ours = path.read_bytes() if path.exists() else b""
    better = made_whole(ours, chain.data)
    if better is None:
        return None
    files.make_folder(folder.staging)
    files.make_folder(path.parent)
    name = f"{path.stem}-{hashlib.sha256(ours).hexdigest()[:16]}.damaged" if ours else ""
    if name:
        files.make_folder(folder.aside)
        files.replace(folder.aside / name, ours, draft=folder.staging / "aside.part")
    files.replace(path, better, draft=folder.staging / "chain.part")
    return name


def news_in(folder: Folder, chain: Carried) -> tuple[list[Original], list[Act]]:
    """What a carried chain promises and says that no chain of the library does; what was to be forgotten is no news."""
    lines = [line for item in walk_through(chain.data) for line in _lines_of(item) if line.ours]
    stones = Tombstones(folder)
    if chain.name.startswith("ledger/"):
        known = Ledger(folder).promised()
        promised = filter(None, map(promised_in, lines))
        return [one for one in promised if one.digest not in known and not stones.met(one.digest)], []
    said = {entry.act for entry in Journal(folder).acts()}
    acts = [act for act in map(act_of, lines) if act is not None]
    return [], [act for act in acts if act not in said and not _speaks_of_the_forgotten(act, stones)]


def adds_to(folder: Folder, chain: Carried) -> bool:
    """Whether a carried chain has lines that ours lacks, or says what none of ours does."""
    path = folder.path / chain.name
    ours = path.read_bytes() if path.exists() else b""
    return made_whole(ours, chain.data) is not None or any(news_in(folder, chain))


def take_up(folder: Folder, chain: Carried, now: datetime) -> bool:
    """Promise and say again what a carried chain does and ours do not, since the two went different ways."""
    promised, acts = news_in(folder, chain)
    if promised:
        Ledger(folder).promise(promised, now)
    if acts:
        Journal(folder).append(acts, now)
    return bool(promised or acts)


def _speaks_of_the_forgotten(act: Act, stones: Tombstones) -> bool:
    match act:
        case Said(original=digest):
            return bool(stones.met(digest))
        case Arrived(arrival):
            return bool(stones.met(arrival.original.digest))
        case Likened(of=tellings):
            return any(stones.met(told.original) for told in tellings)
        case _:
            return False


def made_whole(ours: bytes, theirs: bytes) -> bytes | None:
    """Our chain with the lines it lacks from theirs; None if that adds nothing, or the two went different ways.

    A line that neither has stays missing, and a check goes on naming it.
    """
    own, others = _good_lines(ours), _good_lines(theirs)
    if not others.keys() - own.keys() or any(own[seq].hash != others[seq].hash for seq in own.keys() & others.keys()):
        return None
    # A good line of ours stays as it is, also where theirs still says what was taken away from it.
    both = {**others, **own}
    if any(seq - 1 in both and both[seq - 1].hash != line.prev for seq, line in both.items()):
        return None
    sources = {seq: ours if seq in own else theirs for seq in both}
    return b"".join(sources[seq][both[seq].start : both[seq].end] for seq in sorted(both))


def _good_lines(data: bytes) -> dict[int, Line]:
    return {line.seq: line for item in walk_through(data) for line in _lines_of(item)}


def _lines_of(item: Item) -> tuple[Line, ...]:
    match item:
        case Line():
            return (item,)
        case Tail(lines=lines):
            return lines
        case _:
            return ()
