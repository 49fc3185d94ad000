"""Old Word documents, written as Word 97 laid them out: a compound file, pieces of text, pages of looks."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ITALIC, BOLD, HIDDEN, DELETED = 0x0836, 0x0835, 0x083C, 0x0800


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of streams, each filled up so that it needs no smaller sectors."""
    padded = {name: data.ljust(-(-max(len(data), 4096) // SECTOR) * SECTOR, b"\0") for name, data in streams.items()}
    folders = -(-(len(padded) + 1) * 128 // SECTOR)
    table, at = [_TABLE], 1
    starts: dict[str, int] = {}
    for count in [folders, *(len(data) // SECTOR for data in padded.values())]:
        table += [*range(at + 1, at + count), _END]
        at += count
    first = 1 + folders
    for name, data in padded.items():
        starts[name], first = first, first + len(data) // SECTOR
    entries = [_entry("Root Entry", 5, _FREE, 1, _END, 0)]
    for number, (name, data) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, right, _FREE, starts[name], len(data)))
    said = (62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", MAGIC, *said)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    fat = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    return head + fat + b"".join(entries).ljust(folders * SECTOR, b"\0") + b"".join(padded.values())


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    said = name.encode("utf-16-le") + b"\0\0"
    return said.ljust(64, b"\0") + struct.pack("<HBBIII36xIII", len(said), kind, 1, _FREE, right, child, start, size, 0)


Run = tuple[str, int]
"""Letters, and the one property they are set with; 0 for none."""


def document(
    story: Sequence[Run], notes: str = "", *, title: str = "", author: str = "", locked: bool = False
) -> bytes:
    """A document whose runs are pieces of their own, those of narrow letters in one byte each."""
    at, pieces, looks, body = 1024, b"", list[tuple[int, int, int]](), b""
    counts = [0]
    for text, look in [*story, (notes, 0)]:
        narrow = all(ord(letter) < 128 for letter in text)
        data = text.encode("cp1252" if narrow else "utf-16-le")
        place = at + len(body)
        pieces += struct.pack("<HIH", 0, place * 2 | 0x40000000 if narrow else place, 0)
        looks.append((place, place + len(data), look))
        body += data
        counts.append(counts[-1] + len(text))
    plc = struct.pack(f"<{len(counts)}I", *counts) + pieces
    page_at = -(-(at + len(body)) // SECTOR)
    tables = struct.pack("<III", looks[0][0], looks[-1][1], page_at)
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    fib = bytearray(1024)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", fib, 10, 0x0200 | (0x0100 if locked else 0))
    struct.pack_into("<II", fib, 0x4C, counts[-2], len(notes))
    struct.pack_into("<II", fib, 0xFA, 0, len(tables))
    struct.pack_into("<II", fib, 0x1A2, len(tables), len(clx))
    main = (bytes(fib) + body).ljust(page_at * SECTOR, b"\0") + _page(looks)
    summary = _summary(title, author)
    return compound({"WordDocument": main, "1Table": tables + clx, "\x05SummaryInformation": summary})


def _page(looks: Sequence[tuple[int, int, int]]) -> bytes:
    """Where each stretch begins, and the one property that it has, written from the end of the page."""
    page, count, at = bytearray(SECTOR), len(looks), SECTOR - 1
    struct.pack_into(f"<{count + 1}I", page, 0, *(first for first, _, _ in looks), looks[-1][1])
    for number, (_, _, look) in enumerate(looks):
        if look:
            at = (at - 4) // 2 * 2
            struct.pack_into("<BHB", page, at, 3, look, 1)
            page[4 * (count + 1) + number] = at // 2
    page[-1] = count
    return bytes(page)


def _summary(title: str, author: str) -> bytes:
    made = int((datetime(2001, 3, 4, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    said = [(2, _text(title)), (4, _text(author)), (12, struct.pack("<IQ", 0x40, made))]
    listed, values, at = b"", b"", 8 + 8 * len(said)
    for name, value in said:
        listed += struct.pack("<II", name, at + len(values))
        values += value
    head = struct.pack("<HHI16xI16xI", 0xFFFE, 0, 0x00020006, 1, 48)
    return head + struct.pack("<II", at + len(values), len(said)) + listed + values


def _text(value: str) -> bytes:
    data = value.encode("cp1252") + b"\0"
    return struct.pack("<II", 0x1E, len(data)) + data
