"""eFiction archives: a chapter's page, the printable page of a story, its page of contents, lists of stories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from remnant.model import BlockKind, Confidence, Detail, Field, PieceKind, Role
from remnant.understand.dialects import efiction_fields as fields
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import Stretch, links_of, other, stated
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.headings import heading_of
from remnant.understand.places import places, whole
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect efiction")

_TEXT = frozenset({"#story", ".chapter"})
_PARTS = _TEXT | {".noteinfo", ".infobox", ".listbox"}
_BOXES = frozenset({".infobox", ".listbox"})
_MADE = re.compile(r"(?:^|/)view(?:story|user|series)\.php\?", re.IGNORECASE)
_STORY = re.compile(r"(?:^|/)viewstory\.php\?(?:.*[&;])?sid=\d+", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:^|/)viewuser\.php\?", re.IGNORECASE)
_CHAPTER = re.compile(r"(?:^|/)viewstory\.php\?.*\bchapter=(?P<number>\d{1,4})(?!\d)", re.IGNORECASE)


def knows(sheet: Sheet) -> bool:
    """Links to the scripts that every such archive has, around a place that its templates have."""
    if not any(line.within_any(_PARTS) for line in sheet.lines):
        return False
    return any(_MADE.search(href) for line in sheet.lines for href, _ in links_of(line))


@dataclass(slots=True)
class _Page:
    """What was made of the lines so far."""

    roles: dict[int, Role] = field(default_factory=dict)
    headings: dict[int, Heading] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    box: list[int] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)
    named: bool = False
    told: bool = False


def say(sheet: Sheet) -> Said:
    """A text stands in its own element, notes in theirs; the box of fields says what its labels say."""
    if _lists_stories(sheet):
        return _not_a_story(sheet, "a list of stories")
    page = _Page()
    told = any(line.within_any(_TEXT) for line in sheet.lines)
    for index, line in enumerate(sheet.lines):
        role = _role(page, sheet, index, line, told=told)
        if role is not None:
            page.roles[index] = role
    page.remarks += fields.remarks_of(sheet, page.box)
    page.roles |= fields.roles_of(sheet, page.box)
    kind = PieceKind.STORY if told else PieceKind.OTHER
    if told and (one := list(_one_of_many(sheet, page))):
        page.remarks += one
        kind = PieceKind.CHAPTER
    found = () if told else (finding("R003", why="this is a story's page of contents"),)
    return Said(page.roles, tuple(page.remarks), page.headings, findings=found, kind=kind)


def _lists_stories(sheet: Sheet) -> bool:
    """Boxes with a title of their own stand on pages of an author, a category or a search."""
    titled = any(line.within(".listbox") and line.within(".title") for line in sheet.lines)
    return titled and not any(line.within_any(_TEXT) for line in sheet.lines)


def _not_a_story(sheet: Sheet, what: str) -> Said:
    """What people wrote of their stories stays readable; all else is furniture."""
    told = {index: Role.NOTE for index, line in enumerate(sheet.lines) if line.within_any(_BOXES) or line.within("p")}
    roles = dict.fromkeys(range(len(sheet.lines)), Role.CHROME) | told
    box = next((line for line in sheet.lines if line.within(".listbox")), None)
    where = whole(box) if box is not None else ()
    return Said(roles, findings=(finding("R003", *where, why=f"this looks like {what}"),), kind=PieceKind.OTHER)


def _role(page: _Page, sheet: Sheet, index: int, line: Line, *, told: bool) -> Role | None:
    text = sheet.texts[index]
    if line.within_any(_TEXT):
        page.told = True
        return None
    if line.within(".chaptertitle"):
        return _heading(page, index, line)
    if not page.named and _names(line):
        page.named = True
        page.remarks += _named(page, index, line)
        return Role.TITLE
    if line.within(".notes") or line.within(".noteinfo") or (line.within("blockquote") and text):
        return Role.NOTE
    if line.within_any(_BOXES) or (page.named and not page.told and fields.is_labelled(line.text)):
        page.box.append(index)
        return Role.HEADER
    if line.within("#archivedat"):
        page.remarks += _address(index, line)
        return Role.CHROME
    if line.within("#copyright"):
        page.remarks += _disclaimer(index, line)
        return Role.NOTE
    if not told and _lists_a_chapter(line):
        page.remarks += _listed(index, line)
        return Role.NOTE if "\n" in text else Role.CHROME
    page.remarks += _reviewed(page, index, line)
    return Role.NOTE if _is_said(line, text) else Role.CHROME


def _names(line: Line) -> bool:
    by = any(_AUTHOR.search(href) for href, _ in links_of(line))
    return line.within("#pagetitle") or (by and line.kind is BlockKind.HEADING)


_ID = re.compile(r"\bsid=(?P<id>\d{1,9})")
_BY = re.compile(r"\s+(?:by|von|par|de|di|door|by:)\s*$", re.IGNORECASE)


def _named(page: _Page, index: int, line: Line) -> Iterator[Remark]:
    """Title and authors are links; where the title is none, it stands before the first author's "by"."""
    links = links_of(line)
    authors = [stretch for href, stretch in links if _AUTHOR.search(href)]
    titles = [(href, stretch) for href, stretch in links if _STORY.search(href)]
    if titles:
        href, title = titles[0]
    else:
        end = authors[0][0] if authors else len(line.text)
        by = _BY.search(line.text, 0, end)
        href, title = "", (0, by.start() if by else end)
    yield from stated(Field.TITLE, index, line, title)
    if "://" in href:
        yield Remark(Field.SOURCE_URL, href, Confidence.STATED, places(line, *title), index)
    elif found := _ID.search(href):
        detail = {"label": "sid", "said": found["id"]}
        yield Remark(Field.OTHER, found[0], Confidence.STATED, places(line, *title), index, None, detail)
    for stretch in authors:
        page.authors.add(line.text[slice(*stretch)].strip())
        yield from stated(Field.AUTHOR, index, line, stretch)


_BY_AUTHOR = re.compile(r".*\S(?P<by>\s+by\s+)(?P<name>\S.*)$", re.DOTALL)


def _heading(page: _Page, index: int, line: Line) -> Role:
    """A chapter's title with its author, who in a round robin is not the story's."""
    found = _BY_AUTHOR.match(line.text.rstrip())
    end = found.start("by") if found else len(line.text)
    title = " ".join(line.text[:end].split())
    number = next((int(anchor) for anchor in line.anchors if anchor.isdecimal() and len(anchor) <= 4), None)
    page.headings[index] = heading_of(title) or Heading(number, title or None)
    if found and found["name"].strip() not in page.authors:
        page.authors.add(found["name"].strip())
        page.remarks += stated(Field.AUTHOR, index, line, found.span("name"))
    return Role.CHAPTER_HEADING


def _address(index: int, line: Line) -> Iterator[Remark]:
    for href, stretch in links_of(line)[-1:]:
        yield Remark(Field.SOURCE_URL, href, Confidence.STATED, places(line, *stretch), index)


_DISCLAIMED = re.compile(r"\s*disclaimer\s*:\s*", re.IGNORECASE)


def _disclaimer(index: int, line: Line) -> Iterator[Remark]:
    found = _DISCLAIMED.match(line.text)
    yield from stated(Field.DISCLAIMER, index, line, (found.end() if found else 0, len(line.text)))


_NUMBERED = re.compile(r"\s*(?P<number>\d{1,4})\.\s+(?P<title>\S[^\n]*?)\s*(?=\sby\s|\n|$)")
_WORDS = re.compile(r"\((?P<count>[\d,. ]{1,12}) words\)")


def _lists_a_chapter(line: Line) -> bool:
    return bool(_NUMBERED.match(line.text)) and any(_CHAPTER.search(href) for href, _ in links_of(line))


def _listed(index: int, line: Line) -> Iterator[Remark]:
    """A chapter as the page of contents names it: number, title, length."""
    found = _NUMBERED.match(line.text)
    if found is None:
        return
    words = _WORDS.search(line.text)
    detail = {"number": int(found["number"]), "title": found["title"], "words": words["count"] if words else None}
    said = " ".join(line.text[found.start("number") : found.end("title")].split())
    where = places(line, found.start("number"), found.end("title"))
    yield Remark(Field.CHAPTER, said, Confidence.STATED, where, index, None, detail)


_REVIEWED = re.compile(r"\[\s*Reviews\s*-\s*(?P<count>\d{1,7})\s*\]", re.IGNORECASE)


def _reviewed(page: _Page, index: int, line: Line) -> Iterator[Remark]:
    if found := _REVIEWED.search(line.text):
        yield from other("Reviews", index, line, found.span("count"))


def _is_said(line: Line, text: str) -> bool:
    """A skin of its own may set notes anywhere: what reads like sentences and is no link is not hidden."""
    linked = sum(end - start for _, (start, end) in links_of(line))
    around = line.within("form") or line.within(".errortext") or line.within("#footer") or line.within("#copyright")
    return len(text) >= 80 and 4 * linked <= len(text) and not around


_OPTION = re.compile(r"\s*(?P<number>\d{1,4})\.\s+(?P<title>\S.*?)\s*$", re.DOTALL)


def _one_of_many(sheet: Sheet, page: _Page) -> Iterator[Remark]:
    """The one chapter that a page shows: a list to choose from names it, links to print it or go on number it."""
    listed: dict[int, tuple[int, Line, re.Match[str]]] = {}
    for index, line in enumerate(sheet.lines):
        if line.within("select") and (found := _OPTION.match(line.text)):
            listed.setdefault(int(found["number"]), (index, line, found))
    number = _number_shown(sheet)
    if len(listed) < 2 or number not in listed:
        return
    index, line, found = listed[number]
    stretch: Stretch = (found.start("number"), found.end("title"))
    detail: Detail = {"number": number, "title": " ".join(found["title"].split())}
    said = " ".join(line.text[slice(*stretch)].split())
    yield Remark(Field.CHAPTER, said, Confidence.STATED, places(line, *stretch), index, str(number), detail)


def _number_shown(sheet: Sheet) -> int | None:
    """The number in the link that prints this chapter; else one less than the next, or more than the last."""
    for line in sheet.lines:
        for href, _ in links_of(line):
            found = _CHAPTER.search(href)
            if found and "action=printable" in href:
                return int(found["number"])
    for line in sheet.lines:
        for href, _ in links_of(line):
            if (found := _CHAPTER.search(href)) and (line.within("#next") or line.within("#prev")):
                return int(found["number"]) + (-1 if line.within("#next") else 1)
    return None


DIALECT = Dialect("efiction", RULE, knows, say, notes_apart=True)
