"""Mobipocket and Kindle books, as small as they come, packed in each of the ways there are."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from hypothesis import strategies as st
from tests.strategies.formats import harmed, soup

_NOTHING = 0xFFFFFFFF
_SIZE = 4096


def palm(records: Sequence[bytes], kind: bytes) -> bytes:
    """A Palm database of these records."""
    head = b"Book".ljust(32, b"\0") + struct.pack(">HHLLLLLL", 0, 0, 0, 0, 0, 0, 0, 0) + kind + bytes(8)
    head += struct.pack(">H", len(records))
    at = len(head) + 8 * len(records) + 2
    listed = b""
    for number, record in enumerate(records):
        listed += struct.pack(">LL", at, number)
        at += len(record)
    return head + listed + bytes(2) + b"".join(records)


def palm_text(text: str, encoding: str = "cp1252") -> bytes:
    """A plain text for a Palm."""
    data = packed(text.encode(encoding))
    return palm([struct.pack(">HHLHHL", 2, 0, len(text), 1, _SIZE, 0), data], b"TEXtREAd")


def packed(data: bytes) -> bytes:
    """Text as PalmDOC packs it, with one of each kind of byte where it can be."""
    out = bytearray()
    at = 0
    while at < len(data):
        near = data.rfind(data[at : at + 5], max(0, at - 2000), at) if at + 5 <= len(data) else -1
        if near >= 0:
            out += struct.pack(">H", 0x8000 | (at - near) << 3 | 2)
            at += 5
        elif data[at] == 0x20 and at + 1 < len(data) and 0x40 <= data[at + 1] < 0x80:
            out.append(data[at + 1] ^ 0x80)
            at += 2
        elif data[at] == 0 or 9 <= data[at] < 0x80:
            out.append(data[at])
            at += 1
        else:
            out += bytes((1, data[at]))
            at += 1
    return bytes(out)


def phrases(words: Sequence[bytes], made_of: Sequence[Sequence[int]] = ()) -> list[bytes]:
    """Tables in which a code is a byte: phrase `n` has the code `255 - n`, and later ones are made of others."""
    entries = [(word, True) for word in words] + [(bytes(255 - n for n in members), False) for members in made_of]
    offsets, body = b"", b""
    for data, literal in entries:
        offsets += struct.pack(">H", 2 * len(entries) + len(body))
        body += struct.pack(">H", len(data) | (0x8000 if literal else 0)) + data
    cdic = b"CDIC" + struct.pack(">LLL", 16, len(entries), 8) + offsets + body
    short = struct.pack(">256L", *(255 << 8 | 0x80 | 8 for _ in range(256)))
    huff = b"HUFF" + struct.pack(">LLLLL", 24, 24, 24 + 1024, 0, 0) + short + struct.pack(">64L", *([0] * 64))
    return [huff, cdic]


def _exth(stated: Sequence[tuple[int, bytes]]) -> bytes:
    rows = b"".join(struct.pack(">LL", number, 8 + len(value)) + value for number, value in stated)
    return b"EXTH" + struct.pack(">LL", 12 + len(rows), len(stated)) + rows


def mobi(
    text: str,
    stated: Sequence[tuple[int, bytes]] = (),
    *,
    title: str = "A Book",
    encoding: str = "utf-8",
    compression: int = 2,
    tables: Sequence[bytes] = (),
    codes: bytes | None = None,
    locked: int = 0,
    version: int = 6,
    beside: Sequence[bytes] = (),
    named: Sequence[tuple[int, int]] = (),
    trailer: bytes = b"",
) -> bytes:
    """A book. `named` are the places in its header that name one of the records `beside` the text."""
    data = text.encode(encoding)
    chunks = [data[at : at + _SIZE] for at in range(0, len(data), _SIZE)] or [b""]
    texts = [packed(chunk) if compression == 2 else chunk for chunk in chunks]
    records = [codes] if codes is not None else [chunk + trailer for chunk in texts]
    header = bytearray(232 + 32)
    header[0:4] = b"MOBI"
    page = 65001 if encoding == "utf-8" else 1252
    struct.pack_into(">LLLLL", header, 4, len(header), 2, page, 0, version)
    first = 1 + len(records)
    for at in (96, 100, 176, 228, 232, 236, 240):
        struct.pack_into(">L", header, at, _NOTHING)
    for at, number in named:
        struct.pack_into(">L", header, at - 16, first + number)
    if tables:
        struct.pack_into(">LL", header, 96, first + len(beside), len(tables))
    struct.pack_into(">L", header, 112, 0x40)
    struct.pack_into(">L", header, 224, 3 if trailer else 0)
    exth = _exth(stated)
    start = 16 + len(header) + len(exth)
    struct.pack_into(">LL", header, 68, start, len(title.encode()))
    head = struct.pack(">HHLHHHH", compression, 0, len(data), len(records), _SIZE, locked, 0)
    return palm([head + bytes(header) + exth + title.encode() + bytes(4), *records, *beside, *tables], b"BOOKMOBI")


def _number(value: int) -> bytes:
    groups = [value & 0x7F | 0x80]
    while value := value >> 7:
        groups.insert(0, value & 0x7F)
    return bytes(groups)


def _index(tags: Sequence[tuple[int, int, int]], rows: Sequence[tuple[bytes, int, Sequence[int]]]) -> list[bytes]:
    """A table of one record, with its head. Each row: name, control byte, numbers."""
    listed = b"".join(bytes((*tag, 0)) for tag in tags) + bytes((0, 0, 0, 1))
    tagx = b"TAGX" + struct.pack(">LL", 12 + len(listed), 1) + listed
    head = b"INDX" + struct.pack(">L", 192) + bytes(16) + struct.pack(">L", 1)
    entries = [
        bytes((len(name),)) + name + bytes((control,)) + b"".join(map(_number, said)) for name, control, said in rows
    ]
    starts, at = b"", 192
    for entry in entries:
        starts += struct.pack(">H", at)
        at += len(entry)
    body = b"INDX" + struct.pack(">L", 192) + bytes(12) + struct.pack(">LL", at, len(entries))
    return [head.ljust(192, b"\0") + tagx, body.ljust(192, b"\0") + b"".join(entries) + b"IDXT" + starts]


def kindle(
    pages: Sequence[tuple[str, str, str]],
    stated: Sequence[tuple[int, bytes]] = (),
    sheet: str = "",
    compression: int = 2,
) -> bytes:
    """A Kindle book. Each page: its skeleton up to where its text goes, the text, and the rest of the skeleton."""
    skeletons, fragments, text = [], [], ""
    for number, (before, inner, after) in enumerate(pages):
        start, frame = len(text.encode()), len((before + after).encode())
        skeletons.append((f"SKEL{number:010}".encode(), 0b0101, (1, start, frame)))
        cut = start + len(before.encode())
        fragments.append((f"{cut:010}".encode(), 0b01, (0, len(inner.encode()))))
        text += before + after + inner
    skeleton_tables, fragment_tables = _index([(1, 1, 3), (6, 2, 12)], skeletons), _index([(6, 2, 3)], fragments)
    size = len(text.encode())
    flows = [(0, size), (size, size + len(sheet.encode()))] if sheet else [(0, size)]
    fdst = b"FDST" + struct.pack(">LL", 12, len(flows)) + b"".join(struct.pack(">LL", *flow) for flow in flows)
    named = ((252, 0), (248, 2), (192, 4))
    beside = (*skeleton_tables, *fragment_tables, fdst)
    return mobi(text + sheet, stated, version=8, beside=beside, named=named, compression=compression)


_books = st.one_of(
    soup.map(mobi),
    soup.map(lambda text: mobi(text, trailer=b"\x00\x81", encoding="utf-8")),
    soup.map(lambda text: palm_text(text, "utf-8")),
    soup.map(lambda text: kindle([("<html><body>", text, "</body></html>")], sheet="i { color: red }")),
    st.binary(max_size=40).map(
        lambda codes: mobi("", compression=17480, codes=codes, tables=phrases([b"a", b"<p>"], [(0, 1), (2, 2)]))
    ),
)
any_kindle = st.one_of(_books, _books, harmed(_books))
