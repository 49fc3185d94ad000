"""A title and its writer in one line: "Paper Boats by gullible", "THE LAMP ROOM, by Hesper (PG)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from remnant.model import Confidence, Field, Role
from remnant.understand.draft import Line
from remnant.understand.headings import is_capitalised
from remnant.understand.normal import normal
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Sheet
from remnant.understand.titles import bounds_of, is_title_text
from remnant.understand.unlabelled import ratings_in


@dataclass(slots=True)
class Named:
    """What unlabelled lines at the top turn out to be, and what they say."""

    roles: dict[int, Role] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


_ONE_LINE = re.compile(
    r"^\W*(?P<title>\S.*?\S)\s*(?:\((?P<about>[^()]{2,60})\)\s*)?(?P<dash>(?:[-–—~]{1,2}|//|\||(?<=[A-Z]),)\s*)?"
    r"\b(?:by|por|par|von)\s+(?P<name>[\w.'’-]+(?: [\w.'’-]+){0,3})(?P<behind>(?:\s*[\[(][^\[\]()]{1,60}[\])])*)\W*$"
)


def in_one_line(sheet: Sheet, index: int, named: Named, *, sure: bool = False) -> bool:
    """ "Paper Boats by gullible": only where the name cannot be a word of the title ("Death by Chocolate").

    `sure` is who sees that a head goes on below: there it can only be the name.
    """
    line, text = sheet.lines[index], sheet.texts[index]
    if sheet.roles[index] is not None or not is_title_text(text):
        return False
    found = _ONE_LINE.match(line.text)
    if found is None:
        return False
    shouted = found["title"].isupper() and not found["name"].isupper()
    apart = found["dash"] or found["title"].endswith("]") or shouted
    if sure and not apart and not _MAY_BE_A_NAME.match(found["name"]):
        return False
    if not sure and not apart and not (_is_a_name(found) and is_capitalised(found["title"])):
        return False
    named.roles[index] = Role.TITLE
    named.remarks.append(remark(Field.TITLE, index, line, found.start("title"), bounds_of(found["title"])))
    named.remarks.append(remark(Field.AUTHOR, index, line, 0, found.span("name")))
    if found["about"]:
        named.remarks += _about(index, line, found.span("about"))
    named.remarks += ratings_in(index, line, *found.span("behind"))
    return True


_MAY_BE_A_NAME = re.compile(r"(?!(?:the|a|an|my|her|his|our|their|now|then)\b)(?:[A-Z]|\w*[_\d])", re.IGNORECASE)


def _is_a_name(found: re.Match[str]) -> bool:
    name = found["name"]
    usual = name[0].isupper() and " " not in name and not any(c in name for c in "_0123456789")
    return len(found["title"].split()) > 1 and not usual and name.lower() not in ("me", "myself")


def _about(index: int, line: Line, span: tuple[int, int]) -> Iterator[Remark]:
    """ "(Fandom, PG)" behind a title: the last word is a rating if it is one, the first then a fandom."""
    start, end = span
    comma = line.text.rfind(",", start, end)
    rated, _ = normal(Field.RATING, line.text[comma + 1 : end].strip()) if comma > 0 else (None, None)
    if rated is not None:
        yield remark(Field.FANDOM, index, line, 0, (start, comma))
        at = comma + 1 + (len(line.text[comma + 1 : end]) - len(line.text[comma + 1 : end].lstrip()))
        yield replace(remark(Field.RATING, index, line, 0, (at, end)), normalised=rated)


def remark(field: Field, index: int, line: Line, at: int, bounds: tuple[int, int]) -> Remark:
    """What the characters between two bounds, counted from `at`, say of a field; likely, since no label says so."""
    start, end = at + bounds[0], at + bounds[1]
    return Remark(field, line.text[start:end], Confidence.LIKELY, places(line, start, end), index)
