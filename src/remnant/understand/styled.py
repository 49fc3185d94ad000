"""What a document says by how it is set: this line is its title, this its author; these are its footnotes.

Word processors have styles of such names, FictionBook elements, and EPUB a vocabulary. Format modules put a line so
set into an element that no page has: `style:title`, `style:subtitle`, `style:author`, `style:date`, `style:epigraph`,
`style:footnote`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from remnant.model import BlockKind, Confidence, Field, Link, LinkKind, Region, Role
from remnant.understand.draft import Line
from remnant.understand.normal import normal
from remnant.understand.places import hull, places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("styled")

_HEAD = 20
"""Lines with words among which a document names itself."""
_ROLES = {
    "style:title": Role.TITLE,
    "style:subtitle": Role.HEADER,
    "style:author": Role.BYLINE,
    "style:date": Role.HEADER,
}
_FIELDS = {"style:title": Field.TITLE, "style:author": Field.AUTHOR, "style:date": Field.DATE}
_LONGEST = 200
_OVER_NOTES = re.compile(
    r"\W*(?:(?:foot|end)[- ]?notes?|notes?|references|anmerkungen|fu(?:ß|ss)noten|notas|note a piè di pagina"
    r"|notes de bas de page|примечания|сноски)\W*",
    re.IGNORECASE,
)
_ALIKE = 1_000
"""Notes of one name that are looked at."""
_BY = re.compile(r"\s*(?:(?:written )?by\b[:\s]*+)?", re.IGNORECASE)


def say(sheet: Sheet) -> Said:
    """Believe what a document says of its own lines."""
    # Lines that stand alike share one tuple of elements, which is asked once.
    shared = {id(line.inside): line for line in sheet.lines}
    styles = {key for key, line in shared.items() if _is_set(line)}
    if not styles:
        return Said()
    set_lines = [index for index, line in enumerate(sheet.lines) if id(line.inside) in styles]
    notes = [index for index in set_lines if sheet.lines[index].within("style:footnote")]
    named = _named(sheet, set_lines)
    epigraphs = [index for index in set_lines if sheet.lines[index].within("style:epigraph")]
    roles = {index: _ROLES[place] for index, place in named} | dict.fromkeys(epigraphs, Role.EPIGRAPH)
    roles |= dict.fromkeys((*notes, *_over(sheet, notes)), Role.NOTE)
    remarks = tuple(remark for index, place in named if (remark := _remark(sheet, index, place)))
    return Said(roles=roles, remarks=remarks, links=tuple(_cited(sheet, notes)))


def _over(sheet: Sheet, notes: list[int]) -> Iterator[int]:
    """The headings over notes, which head no chapter."""
    among = set(notes)
    for index in notes:
        above = index - 1
        if above >= 0 and above not in among and sheet.lines[above].kind is BlockKind.HEADING:
            yield from (above,) if _OVER_NOTES.fullmatch(sheet.texts[above]) else ()


def _is_set(line: Line) -> bool:
    return any(element.tag.startswith("style:") for element in line.inside)


def _named(sheet: Sheet, set_lines: Iterable[int]) -> list[tuple[int, str]]:
    """Lines in the head that are set as title and the like. A style that comes again below is used for chapters."""
    told = islice((index for index, text in enumerate(sheet.texts) if text), _HEAD)
    head = max(told, default=-1)
    found = [(index, place) for index in set_lines for place in _ROLES if sheet.lines[index].within(place)]
    again = {place for index, place in found if index > head}
    return [(index, place) for index, place in found if place not in again and len(sheet.texts[index]) <= _LONGEST]


def _remark(sheet: Sheet, index: int, place: str) -> Remark | None:
    """The claim that a line so set makes, without the "by" before a name."""
    line, field = sheet.lines[index], _FIELDS.get(place)
    if field is None or any(other.within(place) for other in sheet.lines[:index]):
        return None
    said = _BY.match(line.text) if field is Field.AUTHOR else None
    start = said.end() if said else len(line.text) - len(line.text.lstrip())
    value = line.text[start:].rstrip()
    if not any(map(str.isalnum, value)):
        return None
    where = places(line, start, start + len(value))
    return Remark(field, " ".join(value.split()), Confidence.STATED, where, index, *normal(field, value))


def _cited(sheet: Sheet, notes: list[int]) -> Iterator[Link]:
    """From the sign in the text to the note that it cites."""
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for at, index in enumerate(notes):
        for anchor in sheet.lines[index].anchors:
            starts[anchor].append(at)
    among = set(notes)
    targets: dict[int, Region | None] = {}
    for index, line in enumerate(sheet.lines) if starts else ():
        for span in line.spans if index not in among else ():
            meant = _meant(sheet, notes, starts, line, span.href) if span.href and "#" in span.href else None
            if meant is None:
                continue
            if meant not in targets:
                targets[meant] = hull(_of_note(sheet, notes, meant))
            if targets[meant] is not None:
                yield Link(span.source, targets[meant], LinkKind.NOTE)


def _meant(sheet: Sheet, notes: list[int], starts: Mapping[str, list[int]], line: Line, href: str) -> int | None:
    """Which of the notes an address means: pages of a book may count theirs alike, so the page it names decides."""
    path, _, name = href.rpartition("#")
    found = starts.get(name, [])[:_ALIKE]
    if len(found) <= 1:
        return found[0] if found else None
    member = path.rpartition("/")[2]
    lines = ((at, sheet.lines[notes[at]]) for at in found)
    if member:
        return next((at for at, other in lines if other.spans[0].source.part.endswith(member)), found[0])
    return next((at for at, other in lines if other.page == line.page), found[0])


def _of_note(sheet: Sheet, notes: list[int], at: int) -> Iterator[Line]:
    """The lines of one note: up to the next that something can point to."""
    yield sheet.lines[notes[at]]
    for index in islice(notes, at + 1, None):
        if sheet.lines[index].anchors:
            return
        yield sheet.lines[index]
