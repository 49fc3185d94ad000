"""Character references (`&amp;`, `&#8217;`): what they mean, as the HTML standard says, and where one ends.

Entities that a document declares for itself are never expanded, so no text can grow by them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5

REFERENCE = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]++|[0-9]++);?|[A-Za-z][A-Za-z0-9]{0,31};?)")
_WITHOUT_SEMICOLON = max(len(name) for name in html5 if not name.endswith(";"))
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0)}
_WINDOWS.update({byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)})


def reference(text: str, at: int, *, in_value: bool = False) -> tuple[str, int] | None:
    """The characters meant by the reference that begins at `at`, and where it ends; None if there is none.

    In an attribute's value, `&copy=` and `&copyright` without a semicolon are only text.
    """
    found = REFERENCE.match(text, at)
    if found is None:
        return None
    if text[at + 1] == "#":
        return _numbered(found[0].rstrip(";")[2:]), found.end()
    return _named(text, at + 1, found.end(), in_value)


def decoded(value: str) -> str:
    """An attribute's value with its references read."""
    if "&" not in value:
        return value
    return REFERENCE.sub(lambda found: _in_value(value, found), value)


def _in_value(value: str, found: re.Match[str]) -> str:
    meant = reference(value, found.start(), in_value=True)
    return found[0] if meant is None else meant[0] + value[meant[1] : found.end()]


@lru_cache(maxsize=1024)
def _numbered(digits: str) -> str:
    hexadecimal = digits[0] in "xX"
    significant = digits[1:].lstrip("0") if hexadecimal else digits.lstrip("0")
    if len(significant) > 7:
        return "\ufffd"
    number = int(significant or "0", 16 if hexadecimal else 10)
    if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return _WINDOWS.get(number) or chr(number)


def _named(text: str, start: int, end: int, in_value: bool) -> tuple[str, int] | None:
    name = text[start:end]
    if name in html5 and name.endswith(";"):
        return html5[name], end
    for stop in range(min(end, start + _WITHOUT_SEMICOLON), start + 1, -1):
        if text[start:stop] in html5 and text[stop - 1] != ";":
            after = text[stop : stop + 1]
            return None if in_value and (after == "=" or after.isalnum()) else (html5[text[start:stop]], stop)
    return None
