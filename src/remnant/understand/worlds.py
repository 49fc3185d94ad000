"""The world of a story, said with the kind of thing it is: "A Harrow Light story", "Starfall Station fanfic"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from remnant.model import Field
from remnant.understand.draft import Line
from remnant.understand.one_line import remark
from remnant.understand.places import Row
from remnant.understand.sheet import Remark

LONGEST = 90
"""Characters of a row that names a world."""
_SORTS = (
    r"(?:[Ff]an[ -]?|[Ss]ong[ -]?)?(?:[Ff]ic(?:tion|let)?|[Ss]tory|[Tt]ale|[Dd]rabble|[Nn]ovella?|[Oo]ne-?shot"
    r"|[Vv]ignette|[Ii]nterlude|[Ss]cript)"
)
_WORLD = r"(?P<fandom>[A-Z]\S*(?: \S+){0,5}?)"
_KIND = re.compile(rf"^\W*[Aa]n? {_WORLD} {_SORTS}\b")
_ALONE = re.compile(
    rf"^\W*(?:[Aa]n? {_WORLD} {_SORTS}|(?P<bare>[A-Z]\S*(?: [A-Z]\S*){{0,4}}) [Ff]an[ -]?[Ff]ic(?:tion)?)\W*$"
)


def names_a_world(text: str) -> bool:
    """Whether a row begins with a world and the kind of a story."""
    return len(text) <= LONGEST and _KIND.match(text) is not None


def is_a_world(text: str) -> bool:
    """Whether a row says nothing else."""
    return len(text) <= LONGEST and _ALONE.match(text) is not None


def worlds_in(index: int, line: Line, rows: Iterable[Row]) -> Iterator[Remark]:
    """The worlds that rows name so."""
    for row in rows:
        if len(row.text) > LONGEST:
            continue
        alone = _ALONE.match(row.text)
        if alone and alone["bare"]:
            yield remark(Field.FANDOM, index, line, row.start, alone.span("bare"))
        elif found := alone or _KIND.match(row.text):
            yield remark(Field.FANDOM, index, line, row.start, found.span("fandom"))
