"""Putting and checking beside ocfl-py and beside the raw limit, in one run, round after round."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ocfl as ocfl_py
from bench.durability.campaign import say
from bench.durability.stories import NOW, sealings, text

from remnant.keep.audit import THREADS, Audit, Grade
from remnant.keep.folder import Folder, create
from remnant.keep.sealing import Kept, seal

SIZE = 29_400
"""The mean length of a story as measured for docs/durability.md's figures, in bytes."""

ROUNDS = 5

Times = dict[str, list[float]]


def speed(many: int, place: Path | None) -> bool:
    """Measure and report. Whether the three aims are met."""
    logging.disable(logging.CRITICAL)
    puts: Times = {}
    checks: Times = {}
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        for number in range(ROUNDS):
            room = Path(scratch) / f"{number}"
            room.mkdir()
            folder, theirs = _put_round(room, many, puts)
            _check_round(folder, theirs, checks)
            inodes, used = _weight(folder.shelf)
            their_inodes, their_used = _weight(theirs)
            shutil.rmtree(room)
    put = _ratio(puts["ocfl-py, create, no sync"], puts["remnant, synced"])
    check = _ratio(checks["ocfl-py, validate"], checks["remnant, check"])
    raw = _ratio(checks["remnant, check"], checks["reading and hashing the same files"])
    text_ = (
        f"{many} stories of {SIZE:,} bytes, {ROUNDS} rounds, one after the other in each; medians, warm. The "
        "ratios are medians of those of each round.\n\n"
        f"| | stories a second |\n|---|---|\n{_rows(puts, many)}{_rows(checks, many)}\n"
        f"- a durable put against ocfl-py's create without any sync: **{put:.1f} times as fast** (aim: at least 2)\n"
        f"- check against ocfl-py's validation of its own objects: **{check:.1f} times as fast** (aim: at least 8)\n"
        f"- check against reading and hashing the same files in {THREADS} threads: **{raw:.2f} times as long** "
        "(aim: at most 1.5)\n"
        f"- on the shelf a story takes {inodes / many:.1f} inodes and {used / many / SIZE:.2f} times its bytes; in "
        f"ocfl-py's root {their_inodes / many:.1f} and {their_used / many / SIZE:.2f}\n"
    )
    say("speed", "Speed, side by side", "python -m bench.durability speed", text_)
    return put >= 2 and check >= 8 and raw <= 1.5


def _put_round(room: Path, many: int, puts: Times) -> tuple[Folder, Path]:
    folder = create(room / "library", NOW)
    _time(puts, "remnant, synced", lambda: _put(folder, many))
    sources = _sources(room, many)
    theirs = room / "theirs"
    _time(puts, "ocfl-py, create, no sync", lambda: _put_theirs(theirs, sources))
    return folder, theirs


def _check_round(folder: Folder, theirs: Path, checks: Times) -> None:
    _time(checks, "remnant, check", lambda: _check(folder))
    _time(checks, "ocfl-py, validate", lambda: _check_theirs(theirs))
    _time(checks, "reading and hashing the same files", lambda: _read_and_hash(folder.shelf))


def _time(times: Times, name: str, job: Callable[[], object]) -> None:
    began = time.perf_counter()
    job()
    times.setdefault(name, []).append(time.perf_counter() - began)


def _put(folder: Folder, many: int) -> None:
    assert all(isinstance(word, Kept) for word in seal(folder, sealings(0, many, SIZE), lambda: NOW))


def _sources(room: Path, many: int) -> list[Path]:
    """As ocfl-py takes them: a folder for each object. Not part of what is timed."""
    made = []
    for number in range(many):
        source = room / "sources" / f"{number}"
        source.mkdir(parents=True)
        (source / f"{number}.txt").write_bytes(text(number, SIZE))
        made.append(source)
    return made


def _put_theirs(theirs: Path, sources: list[Path]) -> None:
    root = ocfl_py.StorageRoot(
        root=str(theirs), layout_name="0003-hash-and-id-n-tuple-storage-layout", spec_version="1.1"
    )
    root.initialize(spec_version="1.1")
    said = ocfl_py.VersionMetadata(message="Kept.", name="Bench", address="urn:bench", created="2026-03-01T12:00:00Z")
    for number, source in enumerate(sources):
        identity = f"urn:story:{number}"
        digest = hashlib.sha256(identity.encode()).hexdigest()
        home = theirs / digest[:3] / digest[3:6] / digest[6:9] / identity.replace(":", "%3a")
        home.parent.mkdir(parents=True)
        ocfl_py.Object(identifier=identity).create(srcdir=str(source), metadata=said, objdir=str(home))


def _check(folder: Folder) -> None:
    verdicts = list(Audit(folder).verdicts())
    assert {verdict.grade for verdict in verdicts} == {Grade.WHOLE}


def _check_theirs(theirs: Path) -> None:
    assert ocfl_py.StorageRoot(root=str(theirs)).validate()


def _read_and_hash(shelf: Path) -> None:
    """What no check can do without: every file read once, every content file hashed as its inventory says."""
    with ThreadPoolExecutor(THREADS) as pool:
        for above in shelf.iterdir():
            if above.is_dir():
                list(pool.map(_read_and_hash_one, [path for path in above.rglob("*") if path.is_file()]))


def _read_and_hash_one(path: Path) -> None:
    data = path.read_bytes()
    hashlib.sha512(data)
    if path.parent.name == "content":
        hashlib.sha256(data)


def _weight(folder: Path) -> tuple[int, int]:
    """Inodes, and bytes as the file system counts them; a file with two names counts once."""
    seen = {(status.st_dev, status.st_ino): status.st_blocks * 512 for status in map(os.lstat, folder.rglob("*"))}
    return len(seen), sum(seen.values())


def _ratio(slower: list[float], faster: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(slower, faster, strict=True))


def _rows(times: Times, many: int) -> str:
    return "".join(f"| {name} | {many / statistics.median(found):,.0f} |\n" for name, found in times.items())
