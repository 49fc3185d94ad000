"""A power cut, at every moment and with every whim of the disk.

`record` watches what a scenario asks of the file system. `crashes` then rebuilds what a disk may hold if the power
fails after any of these operations: whatever was synced, and of the rest anything: each operation kept or dropped,
each write whole, cut short or zeroed. It is harsher than any one file system.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from remnant.durable import files

Tree = dict[int, "bytes | dict[str, int]"]
ROOT = 0
_ROOMS = ("keep", "vaults", "durable")

_SCRATCH = re.compile(r"vault-[a-z]+(-mending)?|index|index.*\.html|catalogue\.tsv")
"""Rooms where packs are made, partly by other programs; and the index, with what is made of it."""


@dataclass
class Op:
    """One thing asked of the disk. `needs` are the files or folders whose syncs make it lasting."""

    kind: str
    needs: set[int]
    change: Callable[[Tree], None]
    write: tuple[int, int, bytes] | None = None
    birth: tuple[int, bytes | dict[str, int]] | None = None
    """What came to be by it. It is there even if its first name is lost: another name may be kept."""
    lasting_at: int | None = None
    """The number of operations after which it was synced."""


@dataclass
class Tape:
    """What was asked, in order, and what had been acknowledged after how many operations."""

    base: Tree
    ops: list[Op] = field(default_factory=list)
    words: list[tuple[int, object]] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)

    def acknowledge(self, word: object) -> None:
        self.words.append((len(self.ops), word))


class Recorder:
    """Stands in for the `os` calls that change a file system, does them, and takes them down."""

    def __init__(self, root: Path, skip: str | None) -> None:
        self.root = root
        self.skip = skip
        self.numbers = count(1)
        self.live: Tree = {}
        self._read(root, ROOT)
        self.tape = Tape({node: _copy(item) for node, item in self.live.items()})
        self.open_files: dict[int, tuple[int, list[int]]] = {}
        self.real = {name: getattr(os, name) for name in CALLS}

    def _read(self, path: Path, node: int) -> None:
        if not path.is_dir():
            self.live[node] = path.read_bytes()
            return
        names: dict[str, int] = {}
        self.live[node] = names
        for entry in sorted(path.iterdir()) if path.exists() else []:
            if not _is_noise(entry):
                names[entry.name] = next(self.numbers)
                self._read(entry, names[entry.name])

    def _find(self, path: Any) -> tuple[int, str, int | None] | None:
        """The parent's number, the name and the number of what stands there; None outside and for locks."""
        whole = Path(os.fspath(path))
        if not whole.is_relative_to(self.root) or _is_noise(whole):
            return None
        node: int | None = ROOT
        parts = whole.relative_to(self.root).parts
        if not parts:
            return ROOT, "", ROOT
        parent = ROOT
        for part in parts:
            if node is None:
                return None
            parent = node
            names = self.live[node]
            node = names.get(part) if isinstance(names, dict) else None
        return parent, parts[-1], node

    def _note(self, kind: str, needs: int, change: Callable[[Tree], None], write: Any = None) -> None:
        change(self.live)
        self.tape.ops.append(Op(kind, {needs}, change, write))

    def _link(self, kind: str, parent: int, name: str, node: int, item: bytes | dict[str, int] | None = None) -> None:
        def change(tree: Tree) -> None:
            if item is not None:
                tree.setdefault(node, _copy(item))
            _names(tree, parent)[name] = node

        self._note(kind, parent, change)
        if item is not None:
            self.tape.ops[-1].birth = (node, _copy(item))

    def open(self, path: Any, flags: int, mode: int = 0o777, **rest: Any) -> int:
        place = self._find(path)
        descriptor: int = self.real["open"](path, flags, mode, **rest)
        if place is None:
            return descriptor
        parent, name, node = place
        if node is None:
            node = next(self.numbers)
            self._link("create", parent, name, node, b"")
        item = self.live[node]
        if flags & os.O_TRUNC and item:
            self._note("truncate", node, _emptying(node))
            item = b""
        at = len(item) if flags & os.O_APPEND and isinstance(item, bytes) else 0
        self.open_files[descriptor] = (node, [at])
        return descriptor

    def close(self, descriptor: int) -> None:
        self.open_files.pop(descriptor, None)
        self.real["close"](descriptor)

    def write(self, descriptor: int, data: Any) -> int:
        done: int = self.real["write"](descriptor, data)
        if descriptor in self.open_files:
            node, at = self.open_files[descriptor]
            piece = bytes(data[:done])
            self._note("write", node, _writing(node, at[0], piece), (node, at[0], piece))
            at[0] += done
        return done

    def ftruncate(self, descriptor: int, size: int) -> None:
        self.real["ftruncate"](descriptor, size)
        if descriptor in self.open_files:
            node, _ = self.open_files[descriptor]

            def change(tree: Tree) -> None:
                item = tree[node]
                assert isinstance(item, bytes)
                tree[node] = item[:size].ljust(size, b"\0")

            self._note("truncate", node, change)

    def fsync(self, descriptor: int) -> None:
        if descriptor not in self.open_files:
            return
        site = _site()
        self.tape.sites.append(site)
        if site == self.skip:
            return
        node, _ = self.open_files[descriptor]
        # A moment of its own: the power may fail before it is done.
        self._note("sync", node, lambda _tree: None)
        for op in self.tape.ops:
            op.needs.discard(node)
            if not op.needs and op.lasting_at is None:
                op.lasting_at = len(self.tape.ops)

    def mkdir(self, path: Any, mode: int = 0o777, **rest: Any) -> None:
        self.real["mkdir"](path, mode, **rest)
        place = self._find(path)
        if place is not None:
            self._link("mkdir", place[0], place[1], next(self.numbers), {})

    def link(self, source: Any, target: Any, **rest: Any) -> None:
        self.real["link"](source, target, **rest)
        first, second = self._find(source), self._find(target)
        if second is None:
            return
        assert first is not None
        assert first[2] is not None
        self._link("link", second[0], second[1], first[2])

    def rename(self, source: Any, target: Any, **rest: Any) -> None:
        first, second = self._find(source), self._find(target)
        self.real["rename"](source, target, **rest)
        if second is None:
            assert first is None
            return
        if first is None:
            self._come_in(Path(target), second[0], second[1])
            return
        assert first[2] is not None
        (parent, name, node), (new_parent, new_name, _) = first, second

        def change(tree: Tree) -> None:
            if _names(tree, parent).get(name) == node:
                del _names(tree, parent)[name]
            _names(tree, new_parent)[new_name] = node  # type: ignore[assignment]

        self._note("rename", new_parent, change)

    def _come_in(self, path: Path, parent: int, name: str) -> None:
        """What was made in scratch, also by other programs, comes among what is watched: none of it synced."""
        node = next(self.numbers)
        if path.is_file():
            data = path.read_bytes()
            self._link("create", parent, name, node, b"")
            self._note("write", node, _writing(node, 0, data), (node, 0, data))
            return
        self._link("mkdir", parent, name, node, {})
        for entry in sorted(path.iterdir()):
            self._come_in(entry, node, entry.name)

    def exchange(self, one: Path, other: Path) -> None:
        first, second = self._find(one), self._find(other)
        REAL_EXCHANGE(one, other)
        assert first is not None
        assert second is not None
        (parent, name, node), (other_parent, other_name, other_node) = first, second

        def change(tree: Tree) -> None:
            _names(tree, parent)[name] = other_node  # type: ignore[assignment]
            _names(tree, other_parent)[other_name] = node  # type: ignore[assignment]

        self._note("exchange", other_parent, change)
        self.tape.ops[-1].needs.add(parent)

    def unlink(self, path: Any, **rest: Any) -> None:
        self._gone("unlink", path, rest)

    def rmdir(self, path: Any, **rest: Any) -> None:
        self._gone("rmdir", path, rest)

    def _gone(self, kind: str, path: Any, rest: dict[str, Any]) -> None:
        place = self._find(path)
        self.real[kind](path, **rest)
        if place is not None and place[2] is not None:
            parent, name, node = place

            def change(tree: Tree) -> None:
                if _names(tree, parent).get(name) == node:
                    del _names(tree, parent)[name]

            self._note(kind, parent, change)


CALLS = ("open", "close", "write", "ftruncate", "fsync", "mkdir", "link", "rename", "unlink", "rmdir")
REAL_EXCHANGE = files.exchange


@contextmanager
def even_dice(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Random names come out the same each time, so that what differs between two recordings is the order of calls."""
    dice = random.Random(0)
    with patch.context() as during:
        during.setattr(secrets, "token_hex", lambda size=32: dice.randbytes(size).hex())
        during.setattr(secrets, "token_bytes", lambda size=32: dice.randbytes(size))
        yield


@contextmanager
def record(root: Path, patch: pytest.MonkeyPatch, skip: str | None = None, threads: int = 1) -> Iterator[Tape]:
    """Take down what happens under `root`; syncs asked for at the place `skip` in the code are left out.

    With several threads it is another tape each time: their calls are taken down in the order in which they came.
    """
    recorder = Recorder(root, skip)
    turn = threading.RLock()
    with patch.context() as during:
        for name in CALLS:
            during.setattr(os, name, _in_turn(turn, getattr(recorder, name)))
        during.setattr(files, "exchange", _in_turn(turn, recorder.exchange))
        during.setattr(files, "THREADS", threads)
        during.setattr(shutil, "rmtree", _rmtree)
        during.setattr(Path, "write_bytes", _write_bytes)
        yield recorder.tape


def _in_turn(turn: AbstractContextManager[bool], call: Callable[..., Any]) -> Callable[..., Any]:
    def one_at_a_time(*given: Any, **named: Any) -> Any:
        with turn:
            return call(*given, **named)

    return one_at_a_time


Known = set[tuple[bytes, int]]
"""States by what tells them apart, and how many words had been given."""


def crashes(
    tape: Tape, whims: int = 4, seed: int = 0, known: Known | None = None
) -> Iterator[tuple[Tree, list[object]]]:
    """Every different state a disk may be found in, the latest first, with the words that were given by then.

    Those that are `known` from before are left out, and what comes is added to them.
    """
    chance = random.Random(seed)
    known = set() if known is None else known
    for moment in reversed(range(len(tape.ops) + 1)):
        words = [word for after, word in tape.words if after <= moment]
        open_ops = [number for number, op in enumerate(tape.ops[:moment]) if not _lasts(op, moment)]
        for dropped, bend in _choices(open_ops, tape, whims, chance):
            tree = _replay(tape, moment, dropped, bend)
            mark = mark_of(tree), len(words)
            if mark not in known:
                known.add(mark)
                yield tree, words


def lay_out(tree: Tree, path: Path) -> None:
    """Make such a state a real folder."""
    _lay_out(tree, str(path), ROOT)


def _lay_out(tree: Tree, path: str, node: int) -> None:
    item = tree[node]
    if isinstance(item, bytes):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        files.write_all(descriptor, item)
        os.close(descriptor)
        return
    os.mkdir(path)
    for name, child in item.items():
        _lay_out(tree, f"{path}/{name}", child)


Bend = dict[int, Callable[[bytes], bytes]]


def _choices(open_ops: list[int], tape: Tape, whims: int, chance: random.Random) -> Iterator[tuple[set[int], Bend]]:
    every = set(open_ops)
    yield set(), {}
    yield every, {}
    for number in open_ops:
        yield {number}, {}
        yield every - {number}, {}
        write = tape.ops[number].write
        if write is not None:
            for bend in (_half, _zeroes, _hole):
                yield set(), {number: bend}
                yield every - {number}, {number: bend}
    writes = [number for number in open_ops if tape.ops[number].write is not None]
    for _ in range(whims if len(open_ops) > 1 else 0):
        bent: Bend = {number: chance.choice((_half, _zeroes, _hole)) for number in writes if chance.random() < 0.2}
        yield {number for number in open_ops if chance.random() < 0.5}, bent


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _zeroes(data: bytes) -> bytes:
    return bytes(len(data))


def _hole(data: bytes) -> bytes:
    third = len(data) // 3
    return data[:third] + bytes(third) + data[2 * third :]


def _lasts(op: Op, moment: int) -> bool:
    return op.lasting_at is not None and op.lasting_at <= moment


def _replay(tape: Tape, moment: int, dropped: set[int], bend: Bend) -> Tree:
    tree: Tree = {node: _copy(item) for node, item in tape.base.items()}
    for number, op in enumerate(tape.ops[:moment]):
        if number in dropped:
            if op.birth is not None:
                tree.setdefault(op.birth[0], _copy(op.birth[1]))
            continue
        if number in bend and op.write is not None:
            node, at, data = op.write
            _writing(node, at, bend[number](data))(tree)
        else:
            op.change(tree)
    return tree


def _writing(node: int, at: int, data: bytes) -> Callable[[Tree], None]:
    def change(tree: Tree) -> None:
        item = tree.setdefault(node, b"")
        assert isinstance(item, bytes)
        item = item.ljust(at, b"\0")
        tree[node] = item[:at] + data + item[at + len(data) :]

    return change


def _emptying(node: int) -> Callable[[Tree], None]:
    def change(tree: Tree) -> None:
        tree[node] = b""

    return change


def _names(tree: Tree, node: int) -> dict[str, int]:
    item = tree.setdefault(node, {})
    assert isinstance(item, dict)
    return item


def mark_of(tree: Tree, node: int = ROOT) -> bytes:
    """Tells states apart, by every name and every byte in them."""
    item = tree.get(node, b"")
    if isinstance(item, bytes):
        return _mark_of(item)
    inside = [os.fsencode(name) + b"\0" + mark_of(tree, item[name]) for name in sorted(item)]
    return hashlib.sha256(b"d" + b"".join(inside)).digest()


@lru_cache(4096)
def _mark_of(data: bytes) -> bytes:
    return hashlib.sha256(b"f" + data).digest()


def _copy(item: bytes | dict[str, int]) -> bytes | dict[str, int]:
    return item if isinstance(item, bytes) else dict(item)


def _is_noise(path: Path) -> bool:
    """Locks: what they say and whether they are there means nothing. And scratch, which nobody asks for again."""
    return path.name == "lock" or path.suffix == ".lock" or any(_SCRATCH.fullmatch(part) for part in path.parts)


def _site() -> str:
    """Where in the code of `keep` a sync was asked for."""
    frame = sys._getframe(2)
    below: list[str] = []
    while frame.f_back is not None:
        name = Path(frame.f_code.co_filename)
        if name.parent.name in _ROOMS and frame.f_code.co_name not in ("sync", "sync_path", "many"):
            below.append(f"{name.stem}.{frame.f_code.co_name}:{frame.f_lineno}")
            if name.parent.name != "durable":
                break
        frame = frame.f_back
    return " < ".join(below) or "in a thread of its own"


def _write_bytes(path: Path, data: bytes) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        files.write_all(descriptor, data)
    finally:
        os.close(descriptor)
    return len(data)


def _rmtree(path: Any, ignore_errors: bool = False) -> None:
    try:
        for entry in list(os.scandir(path)):
            if entry.is_dir(follow_symlinks=False):
                _rmtree(entry.path)
            else:
                os.unlink(entry.path)
        os.rmdir(path)
    except OSError:
        if not ignore_errors:
            raise
