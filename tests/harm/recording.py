"""Taking down what a scenario asks of the file system, while it is done."""

from __future__ import annotations

import os
import random
import re
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.harm.tape import ROOT, Op, Tape, Tree, copy_of, copy_of_tree, names_in, naming, resizing, unnaming, writing

from remnant.durable import files

_ROOMS = ("keep", "vaults", "library", "durable")

_SCRATCH = re.compile(r"vault-[a-z]+(-mending)?|index|index.*\.html(\.part)?|catalogue\.tsv(\.part)?")
"""Rooms where packs are made, partly by other programs; and the index, with what is made of it."""

_PACKING = re.compile(r"vault-[a-z]+")

Passed = Callable[[Path], bool]


class Recorder:
    """Stands in for the `os` calls that change a file system, does them, and takes them down."""

    def __init__(self, root: Path, skip: str | None, whole_renames: bool, passed: Passed) -> None:
        self.root = root
        self.skip = skip
        self.whole_renames = whole_renames
        self.is_passed = passed
        self.numbers = count(1)
        self.live: Tree = {}
        self._read(root, ROOT)
        self.tape = Tape(copy_of_tree(self.live))
        self.open_files: dict[int, tuple[int, list[int]]] = {}
        self.real = {name: getattr(os, name) for name in CALLS}

    def _read(self, path: Path, node: int) -> None:
        if not path.is_dir():
            self.live[node] = path.read_bytes()
            return
        names: dict[str, int] = {}
        self.live[node] = names
        for entry in sorted(path.iterdir()) if path.exists() else []:
            if not self.is_passed(entry):
                names[entry.name] = next(self.numbers)
                self._read(entry, names[entry.name])

    def _find(self, path: Any) -> tuple[int, str, int | None] | None:
        """The parent's number, the name and the number of what stands there; None outside and for locks."""
        whole = Path(os.fspath(path))
        if not whole.is_relative_to(self.root) or self.is_passed(whole):
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
                tree.setdefault(node, copy_of(item))
            names_in(tree, parent)[name] = node

        self._note(kind, parent, change)
        if item is not None:
            self.tape.ops[-1].birth = (node, copy_of(item))

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
            self._note("truncate", node, resizing(node, 0))
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
            self._note("write", node, writing(node, at[0], piece), (node, at[0], piece))
            at[0] += done
        return done

    def ftruncate(self, descriptor: int, size: int) -> None:
        self.real["ftruncate"](descriptor, size)
        if descriptor in self.open_files:
            node, _ = self.open_files[descriptor]
            self._note("truncate", node, resizing(node, size))

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
        (parent, name, node), (new_parent, new_name, _) = first, second
        assert node is not None
        go, come = unnaming(parent, name, node), naming(new_parent, new_name, node)
        if self.whole_renames or parent == new_parent:
            self._note("rename", new_parent, lambda tree: (go(tree), come(tree))[-1])
            return
        self._note("come", new_parent, come)
        self._note("go", parent, go)
        self.tape.ops[-1].follows = len(self.tape.ops) - 2

    def _come_in(self, path: Path, parent: int, name: str) -> None:
        """What was made in scratch, also by other programs, comes among what is watched: none of it synced."""
        node = next(self.numbers)
        if path.is_file():
            data = path.read_bytes()
            self._link("create", parent, name, node, b"")
            self._note("write", node, writing(node, 0, data), (node, 0, data))
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
        assert node is not None
        assert other_node is not None
        here, there = naming(parent, name, other_node), naming(other_parent, other_name, node)
        self._note("exchange", other_parent, lambda tree: (here(tree), there(tree))[-1])
        self.tape.ops[-1].needs.add(parent)

    def unlink(self, path: Any, **rest: Any) -> None:
        self._gone("unlink", path, rest)

    def rmdir(self, path: Any, **rest: Any) -> None:
        self._gone("rmdir", path, rest)

    def _gone(self, kind: str, path: Any, rest: dict[str, Any]) -> None:
        place = self._find(path)
        self.real[kind](path, **rest)
        if place is not None and place[2] is not None:
            self._note(kind, place[0], unnaming(*place[:2], place[2]))


def is_scratch(path: Path) -> bool:
    """Locks: what they say and whether they are there means nothing. And scratch, which nobody asks for again."""
    return is_lock(path) or any(_SCRATCH.fullmatch(part) for part in path.parts)


def is_lock(path: Path) -> bool:
    return path.name == "lock" or path.suffix == ".lock"


def is_packing(path: Path) -> bool:
    """Locks, and rooms where packs are made, not those of mending. Not the index, nor what is made of it."""
    return is_lock(path) or any(_PACKING.fullmatch(part) for part in path.parts)


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
def record(
    root: Path,
    patch: pytest.MonkeyPatch,
    skip: str | None = None,
    threads: int = 1,
    *,
    whole_renames: bool = True,
    passed: Passed = is_scratch,
) -> Iterator[Tape]:
    """Take down what happens under `root`; syncs asked for at the place `skip` in the code are left out.

    With several threads it is another tape each time: their calls are taken down in the order in which they came.
    Without `whole_renames` a rename from folder to folder is two steps, as on a stick: the new name, then the old.
    What is `passed` over is no part of it.
    """
    recorder = Recorder(root, skip, whole_renames, passed)
    turn = threading.RLock()
    with patch.context() as during:
        for name in CALLS:
            during.setattr(os, name, _in_turn(turn, getattr(recorder, name)))
        during.setattr(files, "exchange", _in_turn(turn, recorder.exchange))
        during.setattr(files, "THREADS", threads)
        during.setattr(shutil, "rmtree", _rmtree)
        during.setattr(Path, "write_bytes", _write_bytes)
        during.setattr(Path, "write_text", lambda path, text: _write_bytes(path, text.encode()))
        yield recorder.tape


def _in_turn(turn: AbstractContextManager[bool], call: Callable[..., Any]) -> Callable[..., Any]:
    def one_at_a_time(*given: Any, **named: Any) -> Any:
        with turn:
            return call(*given, **named)

    return one_at_a_time


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
