"""RTF as tokens, and what its control words are for.

A file is read as Latin-1, so that each character is a byte; what its escapes and high bytes mean is decoded from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from remnant.model import Mark
from remnant.unpack import charsets


class What(Enum):
    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    BYTE = auto()
    TEXT = auto()
    NEWLINE = auto()
    BINARY = auto()


class Token(NamedTuple):
    """Characters `start` to `end`; a control word or symbol has its name and number, a `\\'xx` its byte."""

    what: What
    start: int
    end: int
    name: str = ""
    number: int | None = None


_STEP = re.compile(
    r"""
      ([^\\{}\r\n]++)
    | \\([A-Za-z]{1,40}+)(-?[0-9]{1,10}+)?\x20?+
    | \\'([0-9A-Fa-f]{2})
    | ([{])
    | ([}])
    | ([\r\n]++)
    | \\(.|\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {1: What.TEXT, 5: What.OPEN, 6: What.CLOSE, 7: What.NEWLINE}
_WORD, _NUMBER, _BYTE, _SYMBOL = 2, 3, 4, 8


def tokens(text: str) -> Iterator[Token]:
    """Cut an RTF file into tokens, in order and without a gap; never raises."""
    at, size = 0, len(text)
    while at < size:
        match = _STEP.match(text, at)
        token = _token(match) if match is not None else Token(What.TEXT, at, at + 1)
        yield token
        at = token.end
        if token.name == "bin" and token.number is not None and token.number > 0:
            end = min(size, at + token.number)
            if end > at:
                yield Token(What.BINARY, at, end)
            at = end


def _token(match: re.Match[str]) -> Token:
    start, end = match.span()
    group = match.lastindex or 0
    if group in (_WORD, _NUMBER):
        return Token(What.WORD, start, end, match[_WORD], int(match[_NUMBER]) if match[_NUMBER] else None)
    if group == _BYTE:
        return Token(What.BYTE, start, end, "", int(match[_BYTE], 16))
    if group == _SYMBOL:
        return Token(What.WORD, start, end, match[_SYMBOL])
    return Token(_KINDS[group], start, end)


CHARACTERS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "tab": "\t",
    "enspace": "\u2002",
    "emspace": "\u2003",
    "qmspace": "\u2005",
    "~": "\xa0",
    "_": "\u2011",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
"""Control words and symbols that stand for a character."""

MARKS = {
    "b": Mark.STRONG,
    "i": Mark.EMPHASIS,
    "ul": Mark.UNDERLINE,
    "uld": Mark.UNDERLINE,
    "uldb": Mark.UNDERLINE,
    "ulw": Mark.UNDERLINE,
    "strike": Mark.STRIKE,
    "striked": Mark.STRIKE,
    "super": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
}
RAISED = frozenset({Mark.SUPERSCRIPT, Mark.SUBSCRIPT})

PASSED_OVER = frozenset(
    [
        *("colortbl", "filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "pict", "object", "objdata"),
        *("nonshppict", "sp", "template", "themedata", "colorschememapping", "datastore", "latentstyles", "generator"),
        *("xmlnstbl", "mmathPr", "pgdsctbl", "listtext", "pntext", "pn", "pnseclvl", "fldtype", "formfield", "ftnsep"),
        *("ftnsepc", "aftnsep", "aftnsepc", "xe", "tc", "rxe", "operator", "userprops", "docvar", "htmltag", "ud"),
    ]
)
"""Destinations whose text is none of the document's, where it is not another's."""
READ_THOUGH_STARRED = frozenset({"shppict", "shpinst", "footnote", "shptxt"})
"""Destinations that are read though they are marked as safe to pass over."""
HIDDEN_IN = frozenset(
    {"annotation", "atnid", "atnauthor", "atntime", "atndate", "atnref", "atnicn", "atrfstart", "atrfend", "atnparent"}
)
"""Destinations of remarks in the margin."""
RUNNING = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}

_BY_CHARSET = {
    0: "cp1252",
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
SEVERAL_BYTES = frozenset({"cp932", "cp949", "gb18030", "big5hkscs"})


def of_charset(number: int | None) -> str | None:
    """The encoding that a font's character set is written in."""
    return _BY_CHARSET.get(number or 0)


def of_page(number: int | None) -> str:
    """The encoding of an ANSI code page."""
    return charsets.known(f"cp{number}") or "cp1252"


def is_lead(byte: int, encoding: str) -> bool:
    """Whether a byte is the first of two in an encoding that has such."""
    if encoding == "cp932":
        return 0x81 <= byte <= 0x9F or 0xE0 <= byte <= 0xFC
    return encoding in SEVERAL_BYTES and 0x81 <= byte <= 0xFE
