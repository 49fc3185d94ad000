"""Database dumps as text: the rows that INSERT statements hold. Tokenised, never executed; never raises.

MySQL's way of writing strings (backslashes, doubled quotes), with names in backticks, quotes or bare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MAX_COLUMNS = 400

_TOKEN = re.compile(
    rb"""(?P<string>'(?:[^'\\]|\\.|'')*+'|"(?:[^"\\]|\\.|"")*+")"""
    rb"""|(?P<name>`(?:[^`]|``)*+`)"""
    rb"""|(?P<comment>--[ \t\r\n][^\n]*+|\#[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)"""
    rb"""|(?P<word>[^\s'"`#,();/-][^\s'"`#,();]*+|-[^\s'"`#,();-][^\s'"`#,();]*+)"""
    rb"""|(?P<sign>[,();])"""
    rb"""|(?P<open>['"`])""",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(.)|''|\"\"", re.DOTALL)
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"0": b"\0", b"Z": b"\x1a", b"b": b"\b", b"%": b"\\%", b"_": b"\\_"}
_INSERT = frozenset({b"insert", b"replace"})
_MODIFIERS = frozenset({b"into", b"ignore", b"low_priority", b"delayed", b"high_priority"})
_NO_COLUMN = frozenset(
    {b"primary", b"key", b"unique", b"index", b"fulltext", b"constraint", b"foreign", b"check", b"spatial"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its columns' names, where the dump says them anywhere, and its values; None is NULL.

    It stands from `start` to `end`, brackets included, in the statement that begins at `statement`.
    """

    table: str
    columns: tuple[str, ...] | None
    values: tuple[bytes | None, ...]
    start: int = 0
    end: int = 0
    statement: int = 0


@dataclass(slots=True)
class Dump:
    """A dump being read. `cut` says, once its rows were taken, whether it ends inside a string or a row."""

    data: bytes
    wanted: Callable[[str], bool]
    cut: bool = False
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _at: tuple[int, int] = (0, 0)

    def rows(self) -> Iterator[Row]:
        """The rows of all tables that are wanted, in order."""
        tokens = self._tokens()
        for kind, text in tokens:
            word = text.lower() if kind == "word" else b""
            if word == b"create":
                self._create(tokens)
            elif word in _INSERT:
                yield from self._insert(tokens)
            elif text != b";":
                _to_end(tokens)

    def _tokens(self) -> Iterator[tuple[str, bytes]]:
        for found in _TOKEN.finditer(self.data):
            kind = found.lastgroup or ""
            if kind == "open":
                self.cut = True
                return
            if kind != "comment":
                self._at = found.span()
                yield kind, found[0]

    def _create(self, tokens: Iterator[tuple[str, bytes]]) -> None:
        """The columns that a CREATE TABLE names."""
        table, depth, first = "", 0, True
        names: list[str] = []
        is_table = False
        for kind, text in tokens:
            if text == b";" and kind == "sign":
                break
            if text == b"(" and kind == "sign":
                depth, first = depth + 1, depth == 0
            elif text == b")" and kind == "sign":
                depth -= 1
            elif text == b"," and depth == 1:
                first = True
            elif depth == 0 and not names:
                is_table = is_table or text.lower() == b"table"
                table = _name(kind, text) or table
            elif depth == 1 and first:
                first = False
                if kind != "word" or text.lower() not in _NO_COLUMN:
                    names.append(_name(kind, text).lower())
        if is_table and 0 < len(names) <= MAX_COLUMNS:
            self.columns[table] = tuple(names)

    def _insert(self, tokens: Iterator[tuple[str, bytes]]) -> Iterator[Row]:
        table, columns, begun = "", list[str](), self._at[0]
        for kind, text in tokens:
            word = text.lower() if kind == "word" else b""
            if word in (b"values", b"value"):
                break
            if text == b";" and kind == "sign":
                return
            if word not in _MODIFIERS and kind in ("name", "word", "string"):
                if table:
                    columns.append(_name(kind, text).lower())
                else:
                    table = _name(kind, text)
        named = tuple(columns) if columns else self.columns.get(table)
        if not self.wanted(table):
            _to_end(tokens)
            return
        for values, start, end in self._values(tokens):
            yield Row(table, named, values, start, end, begun)

    def _values(self, tokens: Iterator[tuple[str, bytes]]) -> Iterator[tuple[tuple[bytes | None, ...], int, int]]:
        row: list[bytes | None] | None = None
        depth = start = 0
        for kind, text in tokens:
            if kind == "sign" and text == b"(":
                depth += 1
                if depth == 1:
                    row, start = [], self._at[0]
            elif kind == "sign" and text == b")":
                depth -= 1
                if depth == 0 and row is not None:
                    yield tuple(row), start, self._at[1]
                    row = None
            elif kind == "sign" and text == b";" and depth == 0:
                return
            elif kind != "sign" and row is not None and depth == 1 and len(row) < MAX_COLUMNS and not _is_charset(text):
                row.append(_value(kind, text))
        self.cut = self.cut or row is not None


def _is_charset(text: bytes) -> bool:
    """What stands before a string to say how its bytes are meant, which they say better themselves."""
    return text.startswith(b"_") and text.lower() in (b"_binary", b"_utf8", b"_latin1", b"_utf8mb4")


def _to_end(tokens: Iterator[tuple[str, bytes]]) -> None:
    for kind, text in tokens:
        if kind == "sign" and text == b";":
            return


def _name(kind: str, text: bytes) -> str:
    """A name without its quotes and without the database before it."""
    bare = text[1:-1] if kind in ("name", "string") else text.rpartition(b".")[2]
    return bare.strip(b"`").decode("utf-8", "replace")


def _value(kind: str, text: bytes) -> bytes | None:
    if kind == "string":
        inner = text[1:-1]
        return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner or text[:1] in inner else inner
    return None if text.upper() == b"NULL" else text


def _unescaped(found: re.Match[bytes]) -> bytes:
    letter = found[1]
    return found[0][:1] if letter is None else _MEANT.get(letter, letter)
