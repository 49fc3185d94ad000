"""Header values whose letters were spelled in ASCII: `=?iso-8859-1?Q?Caf=E9?=` (RFC 2047)."""

from __future__ import annotations

import re

from remnant.unpack.decode import decode
from remnant.unpack.mime import transferred

_WORD = re.compile(r"=\?([A-Za-z0-9_.:-]{1,40})(?:\*[A-Za-z-]{0,20})?\?([BbQq])\?([^?\r\n]{0,2000})\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?)")


def words_of(value: str) -> str:
    """The value as it is meant; what is no encoded word stays as it stands. Never raises."""
    return _WORD.sub(_word, _BETWEEN.sub("", value)) if "=?" in value else value


def _word(found: re.Match[str]) -> str:
    charset, way, said = found.groups()
    data = said.encode("utf-8", "replace")
    if way in "Qq":
        return decode(transferred(data.replace(b"_", b" "), "quoted-printable"), charset).text
    return decode(transferred(data, "base64"), charset).text
