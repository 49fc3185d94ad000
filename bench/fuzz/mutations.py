"""Files made worse: what bit rot, bad tools and bad people do to them, drawn from a seed.

Number `i` of a campaign is always the same file, so a case can be made again from its number.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence

LONGEST = 200_000
"""Bytes of one input: large files cost time and find little that small ones do not."""

WORDS = (
    b"<", b">", b"</p>", b"<p>", b"<div>", b"<!--", b"-->", b"<script>", b"</script>", b"<![CDATA[", b"]]>", b"&",
    b"&#0;", b"&#x110000;", b"&amp", b"<svg>", b"<template>", b"<plaintext>", b"<table><tr>", b"\r", b"\n\n",
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b$B", b"{\\rtf1", b"{\\*", b"}", b"\\'e9",
    b"\\u-10179?", b"\\bin9999 ", b"PK\3\4", b"PK\5\6", b"From x@y Thu Jan  1 00:00:00 1970\n",
    b"Content-Type: multipart/mixed; boundary=x\n", b"\n--x\n", b"=\n", b"=?utf-8?q?=",
    b"Content-Transfer-Encoding: base64\n\n", b"charset=utf-7", b"begin 644 a\n", b"WARC/1.0\r\n",
    b"Content-Length: -1\r\n", b"INSERT INTO `fanfiction_stories` VALUES (", b"'\\''", b"%PDF-1.4\n", b"stream\n",
    b"BOOKMOBI", b"Title: ", b"Author: ", b"Chapter 1\n", b"* * *\n", b"\xe2\x80\x9c", b"\"", b"A/N: ",
    b"spoilers for 3x04", b"---\n", b"#", b"> ", b"&lt;", b"\xc3\xa2\xe2\x82\xac",
    b"<?xml version='1.0' encoding='x'?>", b"<!DOCTYPE x [<!ENTITY a 'a'>]>", b"&a;", b"\xf0\x9f\x92\xa9",
    b"\xe2\x80\xae", b"(" * 50, b"<font>" * 50, b"\t" * 50,
)  # fmt: skip
"""What means something to one reader or another."""

Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def made(number: int, seeds: Sequence[bytes]) -> bytes:
    """Input `number`: one of the seeds, changed up to eight times, in its members if it is a zip."""
    chance = random.Random(number)
    data = chance.choice(seeds)
    if data.startswith(b"PK\3\4") and chance.random() < 0.7:
        return _in_a_member(chance, data, seeds)[:LONGEST]
    return changed(chance, data, seeds)


def changed(chance: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        data = chance.choice(CHANGES)(chance, data, seeds)[:LONGEST]
    return data


def _flip(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: chance.randint(0, len(data))]


def _drop(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + _length(chance) :]


def _double(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = chance.randint(0, len(data))
    piece = data[start : start + _length(chance)]
    return data[:start] + piece * chance.choice((2, 3, 20)) + data[start:]


def _insert(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    word = chance.choice(WORDS) * chance.choice((1, 1, 1, 2, 40))
    return data[:at] + word + data[at:]


def _noise(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 64)) + data[at:]


def _splice(chance: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _recode(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    text = data.decode(chance.choice(("utf-8", "cp1252", "latin-1")), "replace")
    return text.encode(chance.choice(("utf-8", "utf-16", "utf-7", "cp1252", "shift_jis", "utf-32")), "replace")


def _swap(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    first, second = sorted(chance.randint(0, len(data)) for _ in range(2))
    return data[second:] + data[first:second] + data[:first]


def _length(chance: random.Random) -> int:
    return chance.choice((1, 2, 8, 40, 400, 4000))


CHANGES: tuple[Change, ...] = (_flip, _cut, _drop, _double, _insert, _insert, _noise, _splice, _recode, _swap)


def _in_a_member(chance: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """A package whose own form is whole and whose members are not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [(info.filename, package.read(info)) for info in package.infolist()]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return changed(chance, data, seeds)
    if not members:
        return changed(chance, data, seeds)
    chosen = chance.randrange(len(members))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for at, (name, content) in enumerate(members):
            package.writestr(zipfile.ZipInfo(name), changed(chance, content, seeds) if at == chosen else content)
    return out.getvalue()
