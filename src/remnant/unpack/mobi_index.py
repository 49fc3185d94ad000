"""The tables of a Kindle book: entries with a name and numbers by tag, over several records (INDX, TAGX, IDXT)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from remnant.unpack.palm import Records, number

MAX_ENTRIES = 100_000
_MAX_VALUES = 64


@dataclass(frozen=True, slots=True)
class Row:
    """An entry: its name, and the numbers that each tag has."""

    name: bytes
    values: dict[int, tuple[int, ...]]


class _Tag(NamedTuple):
    tag: int
    width: int
    mask: int
    ends: bool


def rows_of(records: Records, first: int) -> tuple[Row, ...]:
    """The entries of the table that begins at record `first`, as far as they can be read; none if it is broken."""
    head = records[first]
    tags, controls = _tags(head)
    if head[:4] != b"INDX" or not tags:
        return ()
    found: list[Row] = []
    for index in range(first + 1, first + 1 + min(number(head, 24), len(records))):
        for row in _rows(records[index], tags, controls):
            found.append(row)
            if len(found) >= MAX_ENTRIES:
                return tuple(found)
    return tuple(found)


def _tags(head: bytes) -> tuple[list[_Tag], int]:
    """What each bit of the control bytes stands for, and how many such bytes an entry has."""
    start = number(head, 4)
    if head[start : start + 4] != b"TAGX":
        return [], 0
    end = min(len(head), start + number(head, start + 4))
    places = range(start + 12, end - 3, 4)
    tags = [_Tag(head[at], head[at + 1], head[at + 2], head[at + 3] == 1) for at in places]
    return tags, min(number(head, start + 8), 16)


def _rows(record: bytes, tags: list[_Tag], controls: int) -> Iterator[Row]:
    table, count = number(record, 20), number(record, 24)
    if record[:4] != b"INDX" or record[table : table + 4] != b"IDXT":
        return
    starts = [number(record, table + 4 + 2 * n, 2) for n in range(min(count, (len(record) - table - 4) // 2))]
    for start, end in pairwise([*starts, table]):
        entry = record[start : max(start, end)]
        if entry:
            name = entry[1 : 1 + entry[0]]
            yield Row(name, _values(entry, 1 + entry[0], tags, controls))


def _values(entry: bytes, at: int, tags: list[_Tag], controls: int) -> dict[int, tuple[int, ...]]:
    """The numbers of an entry by tag. How many there are of a tag stands in a control byte, or before them."""
    control, after = at, at + controls
    wanted: list[tuple[_Tag, int, int]] = []
    for tag in tags:
        if tag.ends:
            control += 1
            continue
        bits = (entry[control] if control < len(entry) else 0) & tag.mask
        if not bits:
            continue
        if bits == tag.mask and tag.mask.bit_count() > 1:
            size, after = _number(entry, after)
            wanted.append((tag, 0, size))
        else:
            wanted.append((tag, bits >> (tag.mask & -tag.mask).bit_length() - 1, 0))
    found: dict[int, tuple[int, ...]] = {}
    for tag, count, size in wanted:
        end = after + size if size else len(entry)
        most = _MAX_VALUES if size else min(count * tag.width, _MAX_VALUES)
        values: list[int] = []
        while after < end and len(values) < most:
            value, after = _number(entry, after)
            values.append(value)
        found[tag.tag] = tuple(values)
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the last one marked; and where it ends."""
    value = 0
    for end in range(at, min(at + 4, len(data))):
        value = value << 7 | data[end] & 0x7F
        if data[end] & 0x80:
            return value, end + 1
    return value, min(at + 4, len(data))
