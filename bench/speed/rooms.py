"""Which room the processor time goes to: the same `add` again under a profiler, for its proportions only."""

from __future__ import annotations

import io
import marshal
import os
import re
import socket
import threading
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from bench.speed.corpus import Corpus
from bench.speed.sides import REMNANT, Bench, at

INSIDE = Path(__file__).parent / "inside"
_ROOM = re.compile(r"/remnant/(\w+)(?:/|\.py)")

Function = tuple[str, int, str]
Callers = Mapping[Function, tuple[int, int, float, float]]
Shares = Mapping[str, float]
Stats = Mapping[Function, tuple[int, int, float, float, Callers]]


def rooms(bench: Bench, corpus: Corpus) -> dict[str, float]:
    """The share of each room, biggest first; libraries and built-ins count for the room that called them."""
    library = bench.place / "profiled"
    with Listener(bench.place / "profile.sock") as listener:
        inside = {"PYTHONPATH": str(INSIDE), "BENCH_PROFILE_SOCKET": str(listener.path)}
        bench.run(REMNANT, "add", str(corpus.folder), *at(library), environ={**os.environ, **inside})
    spent: defaultdict[str, float] = defaultdict(float)
    for stats in listener.gathered():
        for room, seconds in by_room(stats).items():
            spent[room] += seconds
    whole = sum(spent.values()) or 1.0
    return {room: spent[room] / whole for room in sorted(spent, key=spent.__getitem__, reverse=True)}


class Listener:
    """Takes in what each process sends when it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX)
        self._threads: list[threading.Thread] = []
        self._received: list[bytes] = []

    def __enter__(self) -> Listener:
        self._socket.bind(str(self.path))
        self._socket.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        for thread in self._threads:
            thread.join(30)
        self._socket.close()

    def gathered(self) -> list[Stats]:
        found = []
        for sent in self._received:
            stream = io.BytesIO(sent)
            while stream.tell() < len(sent):
                found.append(marshal.load(stream))
        return found

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._receive, args=(line,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _receive(self, line: socket.socket) -> None:
        chunks = []
        while chunk := line.recv(1 << 20):
            chunks.append(chunk)
        self._received.append(b"".join(chunks))


def by_room(stats: Stats) -> Shares:
    """Own time of every function, given to its room, or in proportion to the rooms of whoever called it."""
    known: dict[Function, Shares] = {}
    spent: defaultdict[str, float] = defaultdict(float)
    for function, (_, _, own, _, _) in stats.items():
        for room, share in owners(function, stats, known, frozenset()).items():
            spent[room] += own * share
    return spent


def owners(function: Function, stats: Stats, known: dict[Function, Shares], above: frozenset[Function]) -> Shares:
    """To which rooms a function belongs, and how much of it; one that no room called is the interpreter's."""
    if match := _ROOM.search(function[0]):
        return {match[1]: 1.0}
    if function in known:
        return known[function]
    found: defaultdict[str, float] = defaultdict(float)
    callers = {caller: times for caller, times in stats[function][4].items() if caller not in above | {function}}
    whole = sum(times[3] for times in callers.values())
    for caller, times in callers.items():
        part = times[3] / whole if whole else 1 / len(callers)
        for room, share in owners(caller, stats, known, above | {function}).items():
            found[room] += share * part
    known[function] = found or {"python": 1.0}
    return known[function]
