"""Perl hashes of hashes as text, as the Automated Archive wrote its database. Tokenised, never evaluated; never raises.

People edited these files by hand: a quote inside a value that nobody escaped does not end it, unless what must follow
a value follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = re.compile(rb"%\w{1,40}\s*+=\s*+\(")
_AFTER = rb"\s*+(?:,\s*+(?:[A-Za-z_]\w*+\s*+=>|['\"]\w++['\"]\s*+=>|\}|\)|\#|\d++\s*+=>|\Z)|\}|=>|\)\s*+;)"
"""What may stand behind a value or a key; any other quote is part of a value."""
_TOKEN = re.compile(
    rb"'(?P<single>(?:[^'\\]|\\.|'(?!" + _AFTER + rb"))*+)'"
    rb'|"(?P<double>(?:[^"\\]|\\.|"(?!' + _AFTER + rb'))*+)"'
    rb"|(?P<arrow>=>)|(?P<sign>[{}(),;])|(?P<word>[\w.+-]++)|(?P<comment>\#[^\n]*+)|(?P<open>['\"])",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """One inner hash by its key."""

    key: str
    values: dict[str, bytes]


@dataclass(slots=True)
class Hash:
    """A file being read. `cut` says, once its records were taken, whether it ends inside one."""

    data: bytes
    cut: bool = False

    def records(self) -> Iterator[Record]:
        found = _OPEN.search(self.data)
        tokens = self._tokens(found.end() if found else len(self.data))
        key = ""
        for kind, text in tokens:
            if kind in ("word", "single", "double"):
                key = text.decode("utf-8", "replace")
            elif kind == "sign" and text == b"{":
                yield Record(key, self._values(tokens))
            elif kind == "sign" and text == b")":
                return
        self.cut = True

    def _tokens(self, at: int) -> Iterator[tuple[str, bytes]]:
        for found in _TOKEN.finditer(self.data, at):
            kind = found.lastgroup or ""
            if kind == "open":
                return
            if kind != "comment":
                yield kind, found[kind]

    def _values(self, tokens: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
        values: dict[str, bytes] = {}
        name: str | None = None
        said: tuple[str, bytes] | None = None
        for kind, text in tokens:
            if kind == "arrow":
                name, said = (said[1].decode("utf-8", "replace") if said else None), None
            elif kind == "sign" and text in b",}":
                if name is not None and said is not None:
                    values.setdefault(name, _meant(*said))
                name = said = None
                if text == b"}":
                    return values
            elif kind != "sign":
                said = kind, text
        self.cut = True
        return values


def _meant(kind: str, text: bytes) -> bytes:
    if kind == "single":
        return re.sub(rb"\\(['\\])", rb"\1", text)
    return _ESCAPE.sub(_unescaped, text) if kind == "double" else text


def _unescaped(found: re.Match[bytes]) -> bytes:
    return {b"n": b"\n", b"t": b"\t", b"r": b"\r"}.get(found[1], found[1])
