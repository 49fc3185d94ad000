"""Wattpad: a part's page saved from a browser, and a story's own page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from remnant.model import BlockKind, Confidence, Field, PieceKind, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import links_of, other, stated
from remnant.understand.dialects.wattpad_story import STORY_PAGE, described
from remnant.understand.draft import Draft, Element, Fact, Line
from remnant.understand.facts import remark_of
from remnant.understand.headings import heading_of
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect wattpad")

_SITE = re.compile(r"^https?://(?:www\.|m\.|embed\.)?wattpad\.com/", re.IGNORECASE)
_TITLED = re.compile(r"\s+-\s+Wattpad\s*$")


def knows(sheet: Sheet) -> bool:
    """The site names itself in the page's head; a part's text is in it, or what heads a story."""
    if not any(_names(fact) for fact in sheet.draft.facts):
        return False
    headed = any(fact.name == "ld:headline" for fact in sheet.draft.facts)
    return headed or any(_is_text(line) or line.within_any(STORY_PAGE) for line in sheet.lines)


def _names(fact: Fact) -> bool:
    if fact.name in ("link:canonical", "meta:og:url"):
        return bool(_SITE.match(fact.value))
    return (fact.name == "meta:og:site_name" and fact.value.strip() == "Wattpad") or (
        fact.name == "html:title" and bool(_TITLED.search(fact.value))
    )


def _is_text(line: Line) -> bool:
    return line.within("pre") and line.within(".panel-reading")


_COUNT = re.compile(r"\s*\d{1,5}[kKmM]?\+?\s*")
_COUNTER = Element("button", None, ("num-comment",))


def parted(draft: Draft) -> Draft:
    """The draft with the count of a paragraph's comments, which stands at its end, as a line of its own."""
    return replace(draft, lines=tuple(part for line in draft.lines for part in _parts(line)))


def _parts(line: Line) -> Iterator[Line]:
    """A number in an element of its own. One that the author wrote has no tags before it, or marks on it."""
    if not _is_text(line) or len(line.spans) < 2:
        yield line
        return
    before, last = line.spans[-2:]
    apart = before.source.end < last.source.start
    if apart and not last.marks and last.href is None and _COUNT.fullmatch(last.text):
        yield replace(line, spans=line.spans[:-1])
        yield replace(line, spans=line.spans[-1:], inside=(*line.inside, _COUNTER), anchors=())
    else:
        yield line


@dataclass(slots=True)
class _Part:
    roles: dict[int, Role] = field(default_factory=dict)
    headings: dict[int, Heading] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    said: set[Field] = field(default_factory=set)


def say(sheet: Sheet) -> Said:
    """A part's text is left to the rules; what stands around it names story, part, author and counts."""
    if not any(map(_is_text, sheet.lines)):
        return described(sheet)
    part = _Part()
    for index, line in enumerate(sheet.lines):
        if not _is_text(line) or line.within(".num-comment"):
            part.roles[index] = Role.CHROME
            part.remarks += _said(part, index, line)
    part.remarks += [*_titled(sheet, part), *_addressed(sheet)]
    listed = sum(1 for line in sheet.lines if line.within(".table-of-contents") and line.text.strip())
    kind = PieceKind.STORY if listed == 1 else PieceKind.CHAPTER
    return Said(part.roles, tuple(part.remarks), part.headings, kind=kind)


_AUTHOR = re.compile(r"^(?:https?://(?:www\.)?wattpad\.com)?/user/[^/]+/?$", re.IGNORECASE)


def _said(part: _Part, index: int, line: Line) -> Iterator[Remark]:
    everything = (0, len(line.text))
    if line.within("header") and line.within(".panel-reading"):
        if line.kind is BlockKind.HEADING:
            part.roles[index] = Role.CHAPTER_HEADING
            part.headings[index] = heading_of(line.text.strip()) or Heading(None, line.text.strip())
            yield from stated(Field.CHAPTER, index, line, everything)
        elif line.within(".story-stats") or len(_NUMBER.findall(line.text)) == 3:
            yield from _counted(part, index, line)
    elif line.within(".story-controls") and line.kind is BlockKind.HEADING and Field.TITLE not in part.said:
        part.said.add(Field.TITLE)
        part.roles[index] = Role.TITLE
        yield from stated(Field.TITLE, index, line, everything)
    if Field.AUTHOR not in part.said and not line.within("#comments"):
        for href, stretch in links_of(line):
            if _AUTHOR.match(href) and Field.AUTHOR not in part.said:
                part.said.add(Field.AUTHOR)
                part.roles[index] = Role.BYLINE
                yield from stated(Field.AUTHOR, index, line, stretch)


_NUMBER = re.compile(r"[\d.,]+\s?[KMkm]?(?!\w)")


def _counted(part: _Part, index: int, line: Line) -> Iterator[Remark]:
    """Reads, votes and comments stand in this order, without words."""
    found = list(_NUMBER.finditer(line.text))
    if len(found) == 3:
        part.roles[index] = Role.HEADER
        for label, number in zip(("Reads", "Votes", "Comments"), found, strict=True):
            yield from other(label, index, line, number.span())


def _titled(sheet: Sheet, part: _Part) -> Iterator[Remark]:
    """Where the page itself names no story, its title does, between the part's and the site's names."""
    if Field.TITLE in part.said:
        return
    names = [one.value for one in part.remarks if one.field is Field.CHAPTER]
    for fact in sheet.draft.facts:
        site = _TITLED.search(fact.value) if fact.name == "html:title" else None
        if site is not None and names and fact.value.startswith(f"{names[0]} - "):
            title = fact.value[len(names[0]) + 3 : site.start()]
            yield Remark(Field.TITLE, title, Confidence.LIKELY, (fact.region,), 0)


def _addressed(sheet: Sheet) -> Iterator[Remark]:
    for fact in sheet.draft.facts:
        if fact.name == "link:canonical" and _SITE.match(fact.value):
            yield from remark_of(fact, Field.SOURCE_URL, Confidence.STATED)


DIALECT = Dialect("wattpad", RULE, knows, say, parted=parted)
