"""What was asked of a disk, in order, and the tree of files and folders that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Tree = dict[int, "bytes | dict[str, int]"]
"""Files and folders by number; a folder holds the numbers of what stands in it, by name."""

ROOT = 0


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
    follows: int | None = None
    """An operation that the disk does first of the two, unless it is made to do this one."""

    def lasts(self, moment: int) -> bool:
        return self.lasting_at is not None and self.lasting_at <= moment


@dataclass
class Tape:
    """What was asked, in order, and what had been acknowledged after how many operations."""

    base: Tree
    ops: list[Op] = field(default_factory=list)
    words: list[tuple[int, object]] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)

    def acknowledge(self, word: object) -> None:
        self.words.append((len(self.ops), word))


def writing(node: int, at: int, data: bytes) -> Callable[[Tree], None]:
    def change(tree: Tree) -> None:
        item = tree.setdefault(node, b"")
        assert isinstance(item, bytes)
        item = item.ljust(at, b"\0")
        tree[node] = item[:at] + data + item[at + len(data) :]

    return change


def resizing(node: int, size: int) -> Callable[[Tree], None]:
    def change(tree: Tree) -> None:
        item = tree[node]
        assert isinstance(item, bytes)
        tree[node] = item[:size].ljust(size, b"\0")

    return change


def naming(parent: int, name: str, node: int) -> Callable[[Tree], None]:
    def change(tree: Tree) -> None:
        names_in(tree, parent)[name] = node

    return change


def unnaming(parent: int, name: str, node: int) -> Callable[[Tree], None]:
    """Takes a name away, if it still is that of this file or folder."""

    def change(tree: Tree) -> None:
        if names_in(tree, parent).get(name) == node:
            del names_in(tree, parent)[name]

    return change


def names_in(tree: Tree, node: int) -> dict[str, int]:
    item = tree.setdefault(node, {})
    assert isinstance(item, dict)
    return item


def copy_of(item: bytes | dict[str, int]) -> bytes | dict[str, int]:
    return item if isinstance(item, bytes) else dict(item)


def copy_of_tree(tree: Tree) -> Tree:
    return {node: copy_of(item) for node, item in tree.items()}
