"""What a disk may hold if the power fails: after any moment of a tape, and with every whim.

Whatever was synced is there, and of the rest anything: each operation kept or dropped, each write whole, cut short or
zeroed. It is harsher than any one file system.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path

from tests.harm.tape import ROOT, Tape, Tree, copy_of, copy_of_tree, writing

from remnant.durable import files

Known = set[tuple[bytes, int]]
"""States by what tells them apart, and how many words had been given."""

Bend = dict[int, Callable[[bytes], bytes]]


def crashes(
    tape: Tape, whims: int = 4, seed: int = 0, known: Known | None = None, one_in: int = 1
) -> Iterator[tuple[Tree, list[object]]]:
    """Every different state a disk may be found in, the latest first, with the words that were given by then.

    Those that are `known` from before are left out, and what comes is added to them. Of all choices, `one_in` so many.
    """
    chance, numbers = random.Random(seed), count()
    known = set() if known is None else known
    for moment in reversed(range(len(tape.ops) + 1)):
        words = [word for after, word in tape.words if after <= moment]
        open_ops = [number for number, op in enumerate(tape.ops[:moment]) if not op.lasts(moment)]
        settled = min(open_ops, default=moment)
        before = _replay(tape, copy_of_tree(tape.base), range(settled), set(), {})
        for dropped, bend in _choices(open_ops, tape, whims, chance):
            if next(numbers) % one_in:
                continue
            _drop_what_follows(tape, open_ops, dropped)
            tree = _replay(tape, copy_of_tree(before), range(settled, moment), dropped, bend)
            mark = mark_of(tree), len(words)
            if mark not in known:
                known.add(mark)
                yield tree, words


def lay_out(tree: Tree, path: Path) -> None:
    """Make such a state a real folder."""
    _lay_out(tree, str(path), ROOT)


def lay_over(old: Tree, new: Tree, path: Path) -> None:
    """Make a folder that holds one state hold another: only what differs is touched."""
    _lay_over(old, new, str(path), ROOT, ROOT)


def _lay_over(old: Tree, new: Tree, path: str, before: int, node: int) -> None:
    was, item = old[before], new[node]
    if isinstance(was, dict) and isinstance(item, dict):
        for name in was.keys() - item.keys():
            take_away(f"{path}/{name}")
        for name, child in item.items():
            if name in was:
                _lay_over(old, new, f"{path}/{name}", was[name], child)
            else:
                _lay_out(new, f"{path}/{name}", child)
    elif was != item:
        take_away(path)
        _lay_out(new, path, node)


def take_away(path: str) -> None:
    """As `shutil.rmtree`, which guards against what nobody does here, and takes twice as long."""
    if not os.path.isdir(path):
        os.unlink(path)
        return
    for name in os.listdir(path):
        take_away(f"{path}/{name}")
    os.rmdir(path)


def mark_at(tree: Tree, parts: Iterable[str]) -> bytes | None:
    """The mark of what stands at a place in the tree; None if nothing does."""
    node = ROOT
    for part in parts:
        names = tree[node]
        if not isinstance(names, dict) or part not in names:
            return None
        node = names[part]
    return mark_of(tree, node)


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


def _choices(open_ops: list[int], tape: Tape, whims: int, chance: random.Random) -> Iterator[tuple[set[int], Bend]]:
    every = set(open_ops)
    yield set(), {}
    yield set(every), {}
    for number in open_ops:
        yield {number}, {}
        yield every - {number}, {}
        if tape.ops[number].write is not None:
            for bend in (_half, _zeroes, _hole):
                yield set(), {number: bend}
                yield every - {number}, {number: bend}
    writes = [number for number in open_ops if tape.ops[number].write is not None]
    for _ in range(whims if len(open_ops) > 1 else 0):
        bent: Bend = {number: chance.choice((_half, _zeroes, _hole)) for number in writes if chance.random() < 0.2}
        yield {number for number in open_ops if chance.random() < 0.5}, bent


def _drop_what_follows(tape: Tape, open_ops: list[int], dropped: set[int]) -> None:
    """What nobody synced is not done before what it follows."""
    dropped |= {number for number in open_ops if tape.ops[number].follows in dropped}


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _zeroes(data: bytes) -> bytes:
    return bytes(len(data))


def _hole(data: bytes) -> bytes:
    third = len(data) // 3
    return data[:third] + bytes(third) + data[2 * third :]


def _replay(tape: Tape, tree: Tree, numbers: range, dropped: set[int], bend: Bend) -> Tree:
    for number in numbers:
        op = tape.ops[number]
        if number in dropped:
            if op.birth is not None:
                tree.setdefault(op.birth[0], copy_of(op.birth[1]))
        elif number in bend and op.write is not None:
            node, at, data = op.write
            writing(node, at, bend[number](data))(tree)
        else:
            op.change(tree)
    return tree
