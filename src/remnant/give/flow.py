"""A body in the order in which it is given: runs of blocks that belong together, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from remnant.give.clean import fit
from remnant.model import STORY_ROLES, Block, BlockKind, Body, LinkKind, Places, Region, Role, Section, Shown


class Apart(Enum):
    """What a run of blocks is to its reader."""

    STORY = auto()
    HEADING = auto()
    ABOUT = auto()
    WARNING = auto()
    SUMMARY = auto()
    NOTE = auto()
    EPIGRAPH = auto()
    LYRICS = auto()
    LETTER = auto()


_APART = {
    Role.STORY: Apart.STORY,
    Role.SCENE_BREAK: Apart.STORY,
    Role.CHAPTER_HEADING: Apart.HEADING,
    Role.TITLE: Apart.ABOUT,
    Role.BYLINE: Apart.ABOUT,
    Role.HEADER: Apart.ABOUT,
    Role.WARNING: Apart.WARNING,
    Role.SPOILER: Apart.WARNING,
    Role.SUMMARY: Apart.SUMMARY,
    Role.NOTE: Apart.NOTE,
    Role.EPIGRAPH: Apart.EPIGRAPH,
    Role.LYRICS: Apart.LYRICS,
    Role.LETTER: Apart.LETTER,
}


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring blocks of one sort, with their positions in the body."""

    apart: Apart
    blocks: tuple[tuple[int, Block], ...]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words in one block that lead to another."""

    source: Region
    target: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Flow:
    """A body made ready to give: which blocks are left out in their place, and which words lead where."""

    body: Body
    forward: frozenset[int]
    pointers: dict[int, tuple[Pointer, ...]]
    back: dict[int, int]

    def runs(self, first: int, last: int) -> Iterator[Run]:
        """The runs between two blocks, both included; chrome, and what stands as a notice already, left out."""
        told = [(index, self.body.blocks[index]) for index in range(first, last + 1) if self.tells(index)]
        for apart, group in groupby(told, key=lambda item: _APART[item[1].role]):
            yield Run(apart, tuple(group))

    def tells(self, index: int) -> bool:
        """Whether this block is given in its place."""
        block = self.body.blocks[index]
        return block.role is not Role.CHROME and index not in self.forward and _says_something(block)


def flow_of(shown: Shown) -> Flow:
    """ValueError for a card: it has no text to give."""
    if shown.body is None:
        raise ValueError("A card has no text to give back.")
    forward = _forward(shown, shown.body)
    pointers, back = _pointers(shown.body, forward)
    return Flow(shown.body, forward, pointers, back)


def sections_of(body: Body) -> tuple[Section, ...]:
    """The sections; a body without any is one."""
    if body.sections or not body.blocks:
        return body.sections
    return (Section(None, None, 0, len(body.blocks) - 1),)


def _says_something(block: Block) -> bool:
    if block.kind is BlockKind.BREAK or block.role is Role.SCENE_BREAK:
        return block.role in STORY_ROLES
    return any(not span.text.isspace() and fit(span.text).strip() for span in block.spans)


def _forward(shown: Shown, body: Body) -> frozenset[int]:
    """Warnings that stand at the top of the file: as notices they stand there already, so they are not said twice."""
    story = next((index for index, block in enumerate(body.blocks) if block.role in STORY_ROLES), len(body.blocks))
    noticed = {notice.block for notice in shown.notices if notice.block is not None and notice.block < story}
    return frozenset(index for index in noticed if body.blocks[index].role in {Role.WARNING, Role.SPOILER})


def _pointers(body: Body, forward: frozenset[int]) -> tuple[dict[int, tuple[Pointer, ...]], dict[int, int]]:
    """Who points where, and for each target the first that points at it."""
    pointers: dict[int, tuple[Pointer, ...]] = {}
    back: dict[int, int] = {}
    places = Places(body.blocks if body.links else ())
    for link in sorted(body.links, key=lambda link: link.source):
        source, target = places.block(link.source), places.block(link.target)
        if source is None or target is None or source == target:
            continue
        if not (_is_given(body, forward, source) and _is_given(body, forward, target)):
            continue
        pointers[source] = (*pointers.get(source, ()), Pointer(link.source, target, link.kind))
        back.setdefault(target, source)
    return pointers, back


def _is_given(body: Body, forward: frozenset[int], index: int) -> bool:
    """Whether the block stands anywhere in what is given, in its place or among the notices."""
    block = body.blocks[index]
    return index in forward or (block.role is not Role.CHROME and _says_something(block))
