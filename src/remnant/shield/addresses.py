"""Where a text gives an e-mail address away, plainly or in the old disguises."""

from __future__ import annotations

import re
from collections.abc import Iterator

Stretch = tuple[int, int]

# Only what stands around one of these is looked at, so a text without any costs one search,
# and no text makes the search go back over itself.
_SIGN = r"\s{0,2}(?:[@＠﹫]|[\[({<]\s?at\s?[\])}>])\s{0,2}"
_SPOKEN = r"(?<=\w)\s{1,2}at\s{1,2}(?=\S{1,64}\s{1,2}dot\s)"
_AT = re.compile(rf"{_SIGN}|{_SPOKEN}", re.IGNORECASE)
_DOT = r"(?:\.|\s?[\[({<]\s?dot\s?[\])}>]\s?|\s{1,2}dot\s{1,2})"
_HOST = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,12}}", re.IGNORECASE)
_NAME_REVERSED = re.compile(r"[\w.!#$%'+^-]{1,128}")
_LONGEST_NAME = 128


def addresses(text: str) -> list[Stretch]:
    """The stretches that are addresses: `a@b.org`, `a [at] b [dot] org`, `a at b dot org`; in order, apart."""
    return list(_found(text))


def _found(text: str) -> Iterator[Stretch]:
    done = 0
    for at in _AT.finditer(text):
        host = _HOST.match(text, at.end())
        name = _NAME_REVERSED.match(text[max(done, at.start() - _LONGEST_NAME) : at.start()][::-1])
        if host and name:
            done = host.end()
            yield at.start() - name.end(), done
