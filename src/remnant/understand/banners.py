"""Furniture that stands in lines of its own over a text: an archive's banner, a journal's table of mood and music."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Role
from remnant.understand.sheet import Sheet

_CAPTURE = re.compile(
    r"^(?:[\d,]{1,9} captures?$|about this capture$|collected by$|timestamps$|the wayback machine - http"
    r"|collection: \S|organization: \S|\d{1,2} [a-z]{3} \d{4} [-–—] \d{1,2} [a-z]{3} \d{4}$|close the wayback)",
    re.IGNORECASE,
)
_TOP = 40
"""Lines in which a banner stands."""
_SURE = 2
_LONGEST = 300
"""Characters of a line of a banner."""
_MOOD = re.compile(r"^(?:current )?(?:mood|music|location)\s?:?$|^(?:entry )?tags\s?:$", re.IGNORECASE)
_POSTED_AT = re.compile(r"^@ (?:19|20)\d\d-\d\d-\d\d", re.MULTILINE)
_VALUE = 120
"""Characters of a mood."""


def of_a_capture(sheet: Sheet) -> range:
    """Everything down to the last line of the banner that an archive of the web sets over a page; not a long line."""
    if sheet.plain:
        return range(0)
    signs = [at for at, text in enumerate(sheet.texts[:_TOP]) if _CAPTURE.match(text)]
    if len(signs) < _SURE or any(len(text) > _LONGEST for text in sheet.texts[: signs[-1] + 1]):
        return range(0)
    return range(signs[-1] + 1)


def of_a_mood(sheet: Sheet) -> Iterator[int]:
    """What a journal says of who wrote and when, and a mood, music or tags in a cell with what the next cell says."""
    for at, text in enumerate(sheet.texts):
        line = sheet.lines[at]
        if len(text) <= _VALUE and _POSTED_AT.search(text) and at < _TOP:
            yield at
        elif _MOOD.match(text) and line.within("td") and sheet.roles[at] in (None, Role.HEADER):
            yield at
            below = next((one for one in range(at + 1, min(at + 3, len(sheet.texts))) if sheet.texts[one]), None)
            if below is not None and sheet.lines[below].within("td") and len(sheet.texts[below]) <= _VALUE:
                yield below
