"""What counts as a word, for whatever is put in and whatever is asked.

Case, accents and the shape of apostrophes never matter; hyphens and dashes part words; scripts written without
spaces are taken by the character. Both engines and the highlighting use these words and no others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

VERSION = 1
"""Raised whenever some text falls into other words than before: indexes are then made again."""

LONGEST = 200
"""Longer words are cut short: no one types them, and engines drop terms beyond some length without a word."""

_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}
_APOSTROPHES = "’‘ʼ"
_PARTING = "“”—–…\xa0"
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))
_INVISIBLE = re.compile("[\u00ad\u200c\u200d\u2060\ufe00-\ufe0f]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_POSSESSIVE = re.compile(r"'s(?![^\W_])(?<=[^\W_]'s)")
_ODD = re.compile(r"[^\x00-\x7f\w]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_PIECE = re.compile(r"[^\s!-&(-/:-@\[-`{-~\xa0–—…“”«»]+")


def words(text: str) -> list[str]:
    """The words of a text, in order, as they are compared."""
    found = _spaced(text).split()
    if max(map(len, found), default=0) > LONGEST:
        return [word[:LONGEST] for word in found]
    return found


def placed(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word with the characters it was made of; the same words as `words` gives, and much slower."""
    for piece in _PIECE.finditer(text):
        found = words(piece[0])
        if len(found) == piece.end() - piece.start():
            yield from ((word, piece.start() + at, piece.start() + at + 1) for at, word in enumerate(found))
        else:
            yield from ((word, piece.start(), piece.end()) for word in found)


def key(value: str) -> str:
    """The words of a value between spaces, so that a run of words can be looked for as a plain string."""
    return f" {' '.join(words(value))} "


def name(value: str) -> str:
    """A value without what spelling may vary in: case, accents, spacing, quotes. `A/B` and `A & B` stay two names."""
    return " ".join(_folded(value).translate(_QUOTES).encode("utf-8", "replace").decode().split())


def _spaced(text: str) -> str:
    """The text folded, with a space for all that is part of no word."""
    # Without these, the text of most stories is plain ASCII, which is ten times faster from here on.
    for mark in _PARTING:
        text = text.replace(mark, " ")
    text = _plain_apostrophes(text)
    text = text.lower() if text.isascii() else _UNSPACED.sub(r" \g<0> ", _folded(text))
    text = _POSSESSIVE.sub("", text).replace("'", "")
    return (text if text.isascii() else _ODD.sub(_kept_or_space, text)).translate(_ASCII)


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    return _plain_apostrophes(unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text))))


def _plain_apostrophes(text: str) -> str:
    for mark in _APOSTROPHES:
        text = text.replace(mark, "'")
    return text


def _kept_or_space(match: re.Match[str]) -> str:
    return _kept(match[0])


@lru_cache(4096)
def _kept(character: str) -> str:
    """Vowel signs belong to their word; all other marks, dashes and dingbats part words."""
    return character if unicodedata.category(character).startswith("M") else " "
