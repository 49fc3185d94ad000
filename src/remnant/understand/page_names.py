"""What the title of a page says: the story's title, among names of sites and users and what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from remnant.model import Role
from remnant.understand.headings import heading_of
from remnant.understand.sheet import Sheet
from remnant.understand.titles import is_title_text

LONGEST = 160
"""Characters of a page's title."""
_LINES = 60
"""Lines of a page among which its title is looked for."""

_BETWEEN = re.compile(r"\s+(?:[-–—|:»~•·>]{1,2}|::)\s+|\s*[|»•]\s*|(?<=\w):\s+|,\s+(?=an? [A-Z].* fanfic)|\s+by\s+")
_SORT = re.compile(
    r"^\W{0,2}(?:(?:new |my )?(?:(?:fan[ -]?)?fic(?:tion|let)?|story|drabble|one-?shot|post|update)s?\s*[:\])–—-]+\s*"
    r"|\[[^\[\]]{1,40}\]\s+|view(?:ing)? topic\s*[:–—-]\s*|topic:\s*|thread:\s*|re:\s*)+",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*(?:[\[(][^\[\]()]{1,60}[\])]\s*)+$|\s*,?\s+(?:part|chapter|ch\.?|pt\.?)\s+\w{1,6}$", re.IGNORECASE
)
_EDGE = " \t\r\n\xa0*_~+•·\"“”'‘’<>=#-–—.,:"


class Named(NamedTuple):
    """Where the title stands in the text of a line, and which line that is."""

    line: int
    start: int
    end: int


def bare(text: str) -> tuple[int, int]:
    """Where in a text the title stands: not what lists and boards set before it, nor what stands in brackets behind."""
    start = found.end() if (found := _SORT.match(text)) else 0
    end = found.start() if (found := _BEHIND.search(text, start)) and found.start() > start else len(text)
    inner = text[start:end].strip(_EDGE)
    if not inner:
        return 0, 0
    at = start + text[start:end].index(inner)
    return at, at + len(inner)


_POSTED = re.compile(
    r"^[\w-]{2,25}: (?:(?:(?:fan[ -]?)?fic(?:tion|let)?|story|drabble)s?\s*[:–—-]\s*)(?P<title>\S.*?)"
    r"(?:\s*[\[(][^\[\]()]{1,60}[\])])*$",
    re.IGNORECASE,
)


def without_poster(page: str) -> str:
    """ "lapwing: FIC: Half a Candle (Weir, G)" without what the journal set before it, and the facts behind."""
    found = _POSTED.match(page) if len(page) <= LONGEST else None
    return found["title"] if found else page


def said_by(page: str) -> tuple[str, ...]:
    """The pieces of a page's title, folded: any may be the story's."""
    pieces = (piece for piece in _BETWEEN.split(page[:LONGEST]) if piece)
    cut = (piece[slice(*bare(piece))] for piece in pieces)
    return tuple(folded for piece in cut if (folded := _folded(piece)))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def said_in_head(sheet: Sheet, page: str) -> Named | None:
    """The last line above the story that says what a piece of the page's title says.

    A name of the site or of its user stands over the story's title, where both stand above the story.
    """
    found = list(_alike(sheet, said_by(page)))
    return found[-1] if found else None


def _alike(sheet: Sheet, pieces: tuple[str, ...]) -> Iterator[Named]:
    for index, text in enumerate(sheet.texts[:_LINES]):
        if not text or len(text) > LONGEST or "\n" in text:
            continue
        start, end = bare(text)
        title = text[start:end]
        if not title or not is_title_text(title) or heading_of(title):
            continue
        if _folded(title) in pieces and sheet.roles[index] not in (Role.BYLINE, Role.CHROME):
            at = sheet.lines[index].text.index(text)
            yield Named(index, at + start, at + end)
