"""The chains that packs carry: how far they go, and out of many copies of one the longest that proves itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from remnant.keep.chain import Line, walk_through
from remnant.keep.vaults.memory import Records
from remnant.keep.vaults.opening import Members

KINDS = ("ledger", "journal")


@dataclass(frozen=True, slots=True)
class Carried:
    """A copy of a chain: `name` is `ledger/REPLICA.jsonl` or `journal/REPLICA.jsonl`, `lines` those that are good."""

    name: str
    data: bytes
    lines: int
    head: str


def chains_in(members: Members) -> Iterator[Carried]:
    """Every chain in a pack's records, cut after its last good line."""
    for name, member in members.records.items():
        kind, _, file = name.partition("/")
        if kind in KINDS and file.endswith(".jsonl") and "/" not in file:
            data = members.data(member)
            head, lines = measured(data)
            if head:
                yield Carried(name, data[: int(head.split(":")[1])], lines, head)


def longest(chains: Iterable[Carried]) -> dict[str, Carried]:
    """Of each chain the copy with the most good lines."""
    best: dict[str, Carried] = {}
    for chain in chains:
        if chain.name not in best or chain.lines > best[chain.name].lines:
            best[chain.name] = chain
    return best


def heads_in(members: Members) -> Records:
    """How far the chains go that stand in a pack's records."""
    heads: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for chain in chains_in(members):
        kind, _, file = chain.name.partition("/")
        heads[kind][Path(file).stem] = chain.head
    return Records(heads["ledger"], heads["journal"], _marks(members, "readers/"), _marks(members, "canons/"))


def _marks(members: Members, under: str) -> dict[str, str]:
    found = {name.removeprefix(under): one for name, one in members.records.items() if name.startswith(under)}
    return {name: hashlib.sha256(members.data(one)).hexdigest() for name, one in found.items()}


def measured(data: bytes) -> tuple[str, int]:
    """The head of the last good line of a chain, and how many good lines there are; nothing for none."""
    head, lines = "", 0
    for item in walk_through(data):
        if isinstance(item, Line):
            head, lines = item.head, lines + 1
    return head, lines
