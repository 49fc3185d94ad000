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
from bench.durability.stories import NOW, now, sealings, text

from remnant.keep.audit import THREADS, Audit, Grade
from remnant.keep.folder import Folder, create
from remnant.keep.sealing import Kept, seal

SIZE = 29_400
"""The mean length of a story as measured for docs/durability.md's figures, in bytes."""

ROUNDS = 5

Times = dict[str, list[tuple[float, float]]]
"""Of each thing that was timed, what each round took: on the clock, and of processor time."""

WALL, CPU = 0, 1


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
    busy = f"{os.getloadavg()[0]:.0f} processes wanted the {os.cpu_count()} cores at its end"
    text_ = (
        f"{many} stories of {SIZE:,} bytes, {ROUNDS} rounds, one after the other in each; medians, warm. The "
        f"ratios are medians of those of each round: on the clock, and in brackets of processor time; {busy}.\n\n"
        f"| | stories a second | processor time a story |\n|---|---|---|\n{_rows(puts, many)}{_rows(checks, many)}\n"
        "- a durable put against ocfl-py's create without any sync: "
        f"**{put[WALL]:.1f} times as fast** ({put[CPU]:.1f}; aim: at least 2)\n"
        "- check against ocfl-py's validation of its own objects: "
        f"**{check[WALL]:.1f} times as fast** ({check[CPU]:.1f}; aim: at least 8)\n"
        f"- check against reading and hashing the same files in {THREADS} threads: **{raw[WALL]:.2f} times as long** "
        f"({raw[CPU]:.2f}; aim: at most 1.5)\n"
        f"- on the shelf a story takes {inodes / many:.1f} inodes and {used / many / SIZE:.2f} times its bytes; in "
        f"ocfl-py's root {their_inodes / many:.1f} and {their_used / many / SIZE:.2f}\n"
    )
    say("speed", "Speed, side by side", "python -m bench.durability speed", text_)
    return put[WALL] >= 2 and check[WALL] >= 8 and raw[WALL] <= 1.5


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
    every = [str(path) for path in folder.shelf.rglob("*") if path.is_file()]
    _time(checks, "reading and hashing the same files", lambda: _read_and_hash(every))


def _time(times: Times, name: str, job: Callable[[], object]) -> None:
    began, spent = time.perf_counter(), time.process_time()
    job()
    times.setdefault(name, []).append((time.perf_counter() - began, time.process_time() - spent))


def _put(folder: Folder, many: int) -> None:
    assert all(isinstance(word, Kept) for word in seal(folder, sealings(0, many, SIZE), now))


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


def _read_and_hash(every: list[str]) -> None:
    """What no check can do without: every file read once, and hashed as the inventories say."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(_read_and_hash_one, every, chunksize=100))


def _read_and_hash_one(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    data = os.read(descriptor, 1 << 20)
    os.close(descriptor)
    hashlib.sha512(data)
    if "/content/" in path:
        hashlib.sha256(data)


def _weight(folder: Path) -> tuple[int, int]:
    """Inodes, and bytes as the file system counts them; a file with two names counts once."""
    seen = {(status.st_dev, status.st_ino): status.st_blocks * 512 for status in map(os.lstat, folder.rglob("*"))}
    return len(seen), sum(seen.values())


def _ratio(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> tuple[float, float]:
    wall, cpu = (statistics.median(a[kind] / b[kind] for a, b in zip(one, other, strict=True)) for kind in (WALL, CPU))
    return wall, cpu


def _rows(times: Times, many: int) -> str:
    rows = ""
    for name, found in times.items():
        wall, cpu = (statistics.median(taken[kind] for taken in found) for kind in (WALL, CPU))
        rows += f"| {name} | {many / wall:,.0f} | {cpu / many * 1000:.2f} ms |\n"
    return rows
