"""Web archives (WARC, and ARC's successor alone): their records, and what web servers said in them. Never raises."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.errors import RefusedError
from remnant.unpack.archive import RATIO_FREE, ZipLimits
from remnant.unpack.streams import is_stream, unpacked

LIMITS = ZipLimits(total_bytes=256 * 2**20)
MAX_RECORDS = 200_000
MAX_PAYLOAD = 32 * 2**20

_VERSION = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"^([!-9;-~]{1,76}):[ \t]*+([^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+)", re.MULTILINE)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields by lower-case name, and its block."""

    fields: dict[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "").lower()

    @property
    def address(self) -> str:
        return self.fields.get("warc-target-uri", "").strip("<> \t")


@dataclass(frozen=True, slots=True)
class Payload:
    """What a server sent: its status, its media type with parameters, its body as it was meant."""

    status: int
    media_type: str
    charset: str | None
    body: bytes


def is_warc(start: bytes) -> bool:
    return _VERSION.match(start) is not None


def whole(data: bytes) -> tuple[bytes, bool]:
    """The archive without its compression, and whether all of it could be unpacked."""
    if not is_stream(data):
        return data, True
    pieces: list[bytes] = []
    try:
        for piece in unpacked(io.BytesIO(data), "the web archive", LIMITS):
            pieces.append(piece)  # noqa: PERF402 - what came before a fault must stay
    except RefusedError:
        return b"".join(pieces), False
    return b"".join(pieces), True


def begins_like_one(data: bytes) -> bool:
    """Whether the bytes, or what is packed in them, begin like a record."""
    if not is_stream(data):
        return is_warc(data)
    try:
        return is_warc(next(unpacked(io.BytesIO(data[:65_536]), "", LIMITS), b""))
    except RefusedError:
        return False


def records(data: bytes) -> Iterator[Record | None]:
    """The records in order; None where one is cut or harmed, after which the next is sought."""
    at = 0
    while found := _VERSION.search(data, at):
        end = _HEAD_END.search(data, found.end())
        if end is None:
            yield None
            return
        fields = _fields(data[found.end() : end.end()])
        length = fields.get("content-length", "")
        stop = end.end() + (int(length) if length.isdigit() and len(length) < 16 else 0)
        if not length.isdigit() or stop > len(data):
            yield None
            at = end.end()
            continue
        yield Record(fields, data[end.end() : stop])
        at = stop


def payload(record: Record) -> Payload | None:
    """What a response or a resource holds; None of another record."""
    if record.kind == "resource":
        return Payload(200, *_typed(record.fields.get("content-type", "")), record.block)
    status = _STATUS.match(record.block)
    if record.kind != "response" or status is None:
        return None
    end = _HEAD_END.search(record.block)
    head, body = (record.block[: end.end()], record.block[end.end() :]) if end else (record.block, b"")
    fields = _fields(head)
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    return Payload(int(status[1]), *_typed(fields.get("content-type", "")), _plain(body, fields))


def _fields(head: bytes) -> dict[str, str]:
    found = ((m[1].decode("ascii").lower(), m[2].decode("utf-8", "replace").strip()) for m in _FIELD.finditer(head))
    return dict(reversed(list(found)))


def _typed(value: str) -> tuple[str, str | None]:
    name, _, rest = value.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", rest, re.IGNORECASE)
    return name.strip().lower(), charset[1] if charset else None


def _unchunked(body: bytes) -> bytes:
    """The body without the lengths between its chunks; one that has none stays as it is."""
    pieces: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join([*pieces, body[at:]]) if pieces else body


def _plain(body: bytes, fields: dict[str, str]) -> bytes:
    """Without its content encoding, within limits; one that turns out to be none, or harmed, gives what it gives."""
    way = fields.get("content-encoding", "").lower().strip()
    windows = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}.get(way, ())
    for window in windows:
        inflater = zlib.decompressobj(window)
        try:
            return inflater.decompress(body, min(MAX_PAYLOAD, max(RATIO_FREE, LIMITS.ratio * len(body))))
        except zlib.error:
            continue
    return body[:MAX_PAYLOAD]
