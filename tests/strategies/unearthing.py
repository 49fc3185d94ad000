"""Looking for words in everything under a folder, through every compressed store, database page and container."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import re
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import tantivy

from remnant.find.ranking import WEIGHTS
from remnant.find.words import words as words_of

_BROKEN = (ValueError, OSError, EOFError, KeyError, RuntimeError, zlib.error, lzma.LZMAError, tarfile.TarError)
_DEEP = 6


def found_in(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Which of the words stand where, by file; case does not matter. Of a digest in hex, also its bytes as they are.

    Outside ASCII a word is found as it was given, small, or all in capitals, also as JSON and addresses write it.
    """
    found: dict[str, set[str]] = {}
    needles = {(word, needle.lower()) for word in words for needle in _written(word)}
    for path in sorted(folder.rglob("*")):
        texts = [str(path.relative_to(folder)).encode()]
        texts += _layers(path.read_bytes(), 0) if path.is_file() else []
        if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3":
            texts += _cells(path)
        if path.name == "meta.json":
            texts += _terms(path.parent, words)
        for text in texts:
            low = text.lower()
            for word, needle in needles:
                if needle in low:
                    found.setdefault(str(path.relative_to(folder)), set()).add(word)
    return {name: sorted(words) for name, words in found.items()}


def _written(word: str) -> list[bytes]:
    """The ways a word may stand in a file."""
    forms: list[bytes] = []
    for form in {word, word.casefold(), word.upper()}:
        forms += [form.encode(), form.encode("utf-16-le"), quote(form).encode(), json.dumps(form)[1:-1].encode()]
    if re.fullmatch(r"[0-9a-f]{128}", word):
        raw = bytes.fromhex(word)
        forms += [raw, base64.b64encode(raw)[:-4], base64.urlsafe_b64encode(raw)[:-4]]
    return forms


def _terms(folder: Path, words: list[str]) -> Iterator[bytes]:
    """The words that a text index knows, also of documents that were deleted: its list of them is compressed."""
    with suppress(ValueError):
        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        for given in words:
            word = words_of(given)
            if len(word) == 1 and any(searcher.doc_freq(field, word[0]) for field in (*WEIGHTS, "prominent")):
                yield given.encode()


def _layers(data: bytes, depth: int) -> Iterator[bytes]:
    """The bytes, and what they unpack to, and what that unpacks to."""
    yield data
    for unpack in _UNPACKERS if depth < _DEEP else ():
        with suppress(*_BROKEN, zipfile.BadZipFile):
            for inner in unpack(data):
                yield from _layers(inner, depth + 1)


def _zip(data: bytes) -> Iterator[bytes]:
    if b"PK\x05\x06" in data:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode("utf-8", "replace")
                yield archive.read(name)


def _tar(data: bytes) -> Iterator[bytes]:
    if data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive.getmembers():
                yield member.name.encode("utf-8", "replace")
                file = archive.extractfile(member)
                if file is not None:
                    yield file.read()


def _one(magic: bytes, unpack: Callable[[bytes], bytes]) -> Callable[[bytes], Iterator[bytes]]:
    def unpacked(data: bytes) -> Iterator[bytes]:
        if data.startswith(magic):
            yield unpack(data)

    return unpacked


_UNPACKERS: tuple[Callable[[bytes], Iterator[bytes]], ...] = (
    _zip,
    _tar,
    _one(b"\x1f\x8b", gzip.decompress),
    _one(b"BZh", bz2.decompress),
    _one(b"\xfd7zXZ", lzma.decompress),
    _one(b"x", zlib.decompress),
)


def _cells(path: Path) -> Iterator[bytes]:
    """Every value in every table, unpacked."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as sql:
        tables = [name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in sql.execute(f'SELECT * FROM "{table}"'):
                for cell in row:
                    if isinstance(cell, bytes | str):
                        yield from _layers(cell if isinstance(cell, bytes) else cell.encode("utf-8", "replace"), 0)
