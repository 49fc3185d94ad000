"""Names of character encodings, as strangers write them, and the codecs they mean."""

from __future__ import annotations

import codecs
from functools import cache

# What a page that says the one in fact holds (WHATWG Encoding Standard, and its supersets by Microsoft).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    # A page whose name for itself could be read as bytes is not in UTF-16, whatever it says.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-8-sig": "utf-8",
}
_ALIASES = {
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "x-x-big5": "big5hkscs",
    "unicode": "utf-8",
    "uhc": "cp949",
}
_SINGLE = frozenset(
    {f"cp{page}" for page in (437, 850, 852, 855, 858, 866, 874, *range(1250, 1259))}
    | {f"iso8859-{part}" for part in (*range(2, 9), 10, 13, 14, 15, 16)}
    | {"koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "mac-greek", "mac-latin2", "mac-turkish"}
)
_MANY = frozenset(
    {"utf-8", "gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "iso2022_jp", "iso2022_kr", "hz", "johab"}
)


def known(label: str | None) -> str | None:
    """The codec a label means, by Python's canonical name, or None if we read no such text."""
    if label is None or len(label) > 40 or not label.isascii():
        return None
    wanted = label.strip(" \t\n\f\r\"'").lower()
    name = _python_name(_ALIASES.get(wanted, wanted))
    meant = _MEANT.get(name, name)
    return meant if meant in _SINGLE or meant in _MANY else None


def _python_name(label: str) -> str:
    try:
        return codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""


def is_single(encoding: str) -> bool:
    """Whether every byte is one character."""
    return encoding in _SINGLE


@cache
def table(encoding: str) -> str:
    """The 256 characters of a single-byte encoding; a byte that has none maps to U+DC00 plus itself."""
    characters = []
    for byte in range(256):
        try:
            characters.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            characters.append(chr(0xDC00 + byte))
    return "".join(characters)
