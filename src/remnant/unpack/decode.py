"""Bytes to text: total, exact, and honest about what could not be read.

Offsets count code points of the decoded text. Newlines are not translated, control characters are kept, and every
byte that is no text is exactly one U+FFFD (Python's own `replace` folds several into one).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum

import cchardet

from remnant.unpack import charsets

LOST = "remnant.lost"
"""Name of the error handler that stands one lone surrogate, U+DC00 plus the byte, for each undecodable byte."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEVEN_BITS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})
_ESCAPE = re.compile(rb"\x1b|~\{")
_SAMPLE = 2**20
_MANY_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_TYPOGRAPHY = re.compile(rb"[\x80\x82\x84\x85\x8b\x91-\x97\x99\x9b\xa0\xa9\xab\xae\xb7\xbb]")
_LOST_RUN = re.compile("[\udc00-\udcff]+")


class Note(StrEnum):
    """What a reader of the text should know of how it was decoded."""

    GUESSED = "guessed"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was had from bytes.

    `encoding` is a name Python knows, lower-case; `ascii` if no byte is above 127. `bom` is 1 if the text begins
    with a byte order mark, which stays in it as U+FEFF and counts as one character, else 0. `bad` lists the runs of
    undecodable bytes as half-open ranges of characters, one U+FFFD to the byte. `declared` is what the file said.
    """

    text: str
    encoding: str
    bom: int = 0
    bad: tuple[tuple[int, int], ...] = ()
    declared: str | None = None
    notes: tuple[Note, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Read bytes as text; never raises, and every byte is in the text.

    A byte order mark decides; then the declared charset if the bytes bear it out; then UTF-8 if they are that, or
    nearly; then a detector; then Windows-1252.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as(data, encoding, declared, bom=1)
    wide = _unmarked_utf16(data)
    if wide:
        return _as(data, wide, declared, Note.GUESSED)
    named = charsets.known(declared)
    if data.isascii() and not (named in _SEVEN_BITS and _ESCAPE.search(data)):
        return _as(data, "ascii", declared)
    if named and _bears_out(data, named):
        return _as(data, named, declared)
    doubt = Note.OVERRULED if named else Note.GUESSED
    if _is_utf8(data):
        return _as(data, "utf-8", declared, *((doubt,) if named else ()))
    return _as(data, _guessed(data), declared, doubt)


def _as(data: bytes, encoding: str, declared: str | None, *notes: Note, bom: int = 0) -> Decoded:
    text = _with_losses_marked(data, encoding)
    bad = tuple(lost.span() for lost in _LOST_RUN.finditer(text)) if _has_losses(text) else ()
    return Decoded(_LOST_RUN.sub(_replaced, text) if bad else text, encoding, bom, bad, declared, notes)


def _with_losses_marked(data: bytes, encoding: str) -> str:
    # No decoder lets a lone surrogate through, so those in the result are ours alone.
    if charsets.is_single(encoding):
        return codecs.charmap_decode(data, "strict", charsets.table(encoding))[0]
    return data.decode(encoding, LOST)


def _has_losses(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _replaced(lost: re.Match[str]) -> str:
    return "\ufffd" * len(lost[0])


def _each_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(LOST, _each_byte)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark shows in Western text as a NUL in every other byte."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return None
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if second > half * 0.7 and first == 0:
        return "utf-16-le"
    return "utf-16-be" if first > half * 0.7 and second == 0 else None


def _bears_out(data: bytes, named: str) -> bool:
    """Whether the bytes could be what they say. UTF-8 is never met by chance, so it disproves any other name."""
    if named == "utf-8" or (_is_utf8(data) and not data.isascii()):
        return named == "utf-8" and _is_utf8(data)
    text = _with_losses_marked(data, named)
    return sum(len(run) for run in _LOST_RUN.findall(text)) * 1000 <= len(text)


def _is_utf8(data: bytes) -> bool:
    """Strict UTF-8; or cut off inside its last letter; or with a few bytes harmed, ten good letters to each bad run."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = len(_MANY_BYTES.findall(data))
        bad = len(_HIGH.findall(_MANY_BYTES.sub(b"", data)))
        return good >= 10 * bad or (good > 0 and error.end == len(data) and error.reason == "unexpected end of data")
    return True


def _guessed(data: bytes) -> str:
    if _is_plainly_western(data):
        return "cp1252"
    found = charsets.known(cchardet.detect(data[:_SAMPLE]).get("encoding"))
    if found is None or found == "utf-8":
        return "cp1252"
    text = _with_losses_marked(data[:_SAMPLE], found)
    lost = sum(len(run) for run in _LOST_RUN.findall(text))
    return found if lost * 100 <= len(text) else "cp1252"


def _is_plainly_western(data: bytes) -> bool:
    """English with an accent or a curly quote here and there: too few high bytes for a detector to judge by.

    Other alphabets have more than one letter in fifty above 127, but for quotes and dashes, which the Windows
    encodings share.
    """
    high = sum(len(run) for run in _HIGH.findall(data))
    return high * 50 <= len(data) or (high * 5 <= len(data) and len(_TYPOGRAPHY.findall(data)) * 10 >= high * 9)
