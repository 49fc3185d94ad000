"""The text of old Word documents (97 to 2003, and 6 and 95 where they were saved whole): pieces put in their order.

A document's text lies in pieces, each in letters of one byte or of two; which letters are italic is told by where they
lie in the file. Never raises: what lies outside of the file is not there.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Flag, auto

MAX_PIECES, MAX_RUNS = 100_000, 400_000

_MAGIC = frozenset({0xA5EC, 0xA5DC})
_SINCE_97 = 0xC1
_PAGE = 512
_NARROW = 0x40000000


class Look(Flag):
    """How letters are set, as far as it matters to a story."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    STRUCK = auto()
    UNDERLINED = auto()
    HIDDEN = auto()
    DELETED = auto()


_LOOKS = {0x0835: Look.BOLD, 0x0836: Look.ITALIC, 0x0837: Look.STRUCK, 0x2A3E: Look.UNDERLINED}
_LOOKS |= {0x083C: Look.HIDDEN, 0x0800: Look.DELETED}
_ON = frozenset({1, 0x81})
_WIDTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes that a property takes, by the last three bits of its number; of the sixth kind it says itself."""


@dataclass(frozen=True, slots=True)
class Word:
    """A document's text: the story first, then its notes, then what stands over pages and in margins.

    The ends are characters of the text; `looks` are stretches that are set in any way, in order. `cut`: some of it lies
    outside of the file.
    """

    text: str
    story: int
    notes: int
    looks: tuple[tuple[int, int, Look], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters that lie together: where in the file and in the text, and how many bytes each takes."""

    at: int
    start: int
    text: str
    width: int


def is_word(streams: Mapping[str, bytes]) -> bool:
    main = streams.get("WordDocument", b"")
    return len(main) >= 64 and _short(main, 0) in _MAGIC


def is_locked(streams: Mapping[str, bytes]) -> bool:
    return bool(_short(streams["WordDocument"], 10) & 0x0100)


def word(streams: Mapping[str, bytes]) -> Word:
    """Read the main stream of a document that is not locked, and the tables beside it."""
    main = streams["WordDocument"]
    new = _short(main, 2) >= _SINCE_97
    tables = streams.get("1Table" if _short(main, 10) & 0x0200 else "0Table", b"") if new else main
    counts = [_long(main, at) for at in (range(0x4C, 0x6C, 4) if new else range(0x34, 0x54, 4))]
    raw = list(_places(main, tables, new=new)) or [(0, counts[0], _long(main, 0x18), 1)]
    pieces, ends, cut = _read(main, raw, (counts[0], counts[0] + counts[1]))
    text = "".join(piece.text for piece in pieces)
    looks = tuple(_on_text(pieces, _runs(main, tables))) if new else ()
    return Word(text, ends[0], ends[1], looks, cut)


def _places(main: bytes, tables: bytes, *, new: bool) -> Iterator[tuple[int, int, int, int]]:
    """The pieces in their order: first and last character, where they lie, bytes a letter."""
    if not new and not _short(main, 10) & 0x0004:
        return
    at, size = (_long(main, 0x1A2), _long(main, 0x1A6)) if new else (_long(main, 0x160), _long(main, 0x164))
    end = min(at + size, len(tables))
    while at < end and tables[at] == 1:
        at += 3 + _short(tables, at + 1)
    if at >= end or tables[at] != 2:
        return
    count = min((_long(tables, at + 1) - 4) // 12, MAX_PIECES, (end - at - 9) // 12)
    first, described = at + 5, at + 5 + 4 * (count + 1)
    for number in range(count):
        place = _long(tables, described + 8 * number + 2)
        narrow = bool(place & _NARROW) or not new
        where = (place & ~_NARROW) // 2 if new and narrow else place & ~_NARROW
        yield _long(tables, first + 4 * number), _long(tables, first + 4 * number + 4), where, 1 if narrow else 2


def _read(
    main: bytes, places: list[tuple[int, int, int, int]], marks: tuple[int, int]
) -> tuple[list[_Piece], tuple[int, int], bool]:
    """The pieces with their letters, and where in the text two counts of characters end up."""
    pieces: list[_Piece] = []
    at, cut, left = 0, False, 2 * len(main)
    ends = [-1, -1]
    for first, last, where, width in places:
        size = min(max(last - first, 0) * width, left)
        data = main[where : where + size]
        cut = cut or len(data) < (last - first) * width
        left -= size
        text = data.decode("cp1252" if width == 1 else "utf-16-le", "replace")
        for number, mark in enumerate(marks):
            if ends[number] < 0 and first <= mark <= last:
                ends[number] = at + len(_decoded(data[: (mark - first) * width], width))
        pieces.append(_Piece(where, at, text, width))
        at += len(text)
    return pieces, (ends[0] if ends[0] >= 0 else at, ends[1] if ends[1] >= 0 else at), cut


def _decoded(data: bytes, width: int) -> str:
    return data.decode("cp1252" if width == 1 else "utf-16-le", "replace")


def _runs(main: bytes, tables: bytes) -> list[tuple[int, int, Look]]:
    """Stretches of the file whose letters are set in some way, in order."""
    at, size = _long(main, 0xFA), _long(main, 0xFE)
    count = min((size - 4) // 8, (len(tables) - at - 4) // 8, MAX_RUNS)
    found: list[tuple[int, int, Look]] = []
    for number in range(max(count, 0)):
        page = (_long(tables, at + 4 * (count + 1) + 4 * number) & 0x3FFFFF) * _PAGE
        found += _runs_of(main[page : page + _PAGE])
        if len(found) > MAX_RUNS:
            break
    return list(_apart(sorted(found[:MAX_RUNS], key=lambda run: run[:2])))


def _apart(runs: list[tuple[int, int, Look]]) -> Iterator[tuple[int, int, Look]]:
    """Without those that begin inside another: no letter is set in two ways."""
    end = -1
    for run in runs:
        if end <= run[0] < run[1]:
            end = run[1]
            yield run


def _runs_of(page: bytes) -> Iterator[tuple[int, int, Look]]:
    if len(page) < _PAGE:
        return
    count = min(page[-1], 101)
    for number in range(count):
        place = 2 * page[4 * (count + 1) + number]
        if place and (look := _look(page[place + 1 : place + 1 + page[place]])):
            yield _long(page, 4 * number), _long(page, 4 * number + 4), look


def _look(properties: bytes) -> Look:
    found, at = Look.PLAIN, 0
    while at + 2 < len(properties):
        name = _short(properties, at)
        width = _WIDTHS.get(name >> 13, 1 + properties[at + 2])
        if name in _LOOKS:
            value = properties[at + 2]
            on = bool(value) if name == 0x2A3E else value in _ON
            found = found | _LOOKS[name] if on else found & ~_LOOKS[name]
        at += 2 + width
    return found


def _on_text(pieces: list[_Piece], runs: list[tuple[int, int, Look]]) -> Iterator[tuple[int, int, Look]]:
    """The same stretches in characters of the text."""
    starts = [start for start, _, _ in runs]
    for piece in pieces:
        end = piece.at + piece.width * len(piece.text)
        for start, last, look in runs[max(bisect_right(starts, piece.at) - 1, 0) : bisect_right(starts, end)]:
            first, after = max(start, piece.at), min(last, end)
            if first < after:
                yield (
                    piece.start + (first - piece.at) // piece.width,
                    piece.start + (after - piece.at) // piece.width,
                    look,
                )


def _short(data: bytes, at: int) -> int:
    return struct.unpack_from("<H", data, at)[0] if 0 <= at <= len(data) - 2 else 0


def _long(data: bytes, at: int) -> int:
    return struct.unpack_from("<I", data, at)[0] if 0 <= at <= len(data) - 4 else 0
