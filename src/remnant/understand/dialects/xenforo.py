"""XenForo boards: a page of a thread, the same in reader mode, and the list of its threadmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from remnant.model import Confidence, Field, PieceKind, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import links_of, other, stated
from remnant.understand.dialects.xenforo_head import headed
from remnant.understand.dialects.xenforo_listing import ITEM, addressed, listed
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.header import entries_of, remarks_of
from remnant.understand.headings import heading_of
from remnant.understand.places import places
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect xenforo")

_TEXTS = frozenset({".bbWrapper", ".messageText"})
_BODIES = frozenset({".message-body", ".messageContent"})
_NAMES = frozenset({".message-name", ".userText"})
_MARKS = frozenset({".message-cell--threadmark-header", ".threadmarker"})
_QUOTES = frozenset({".bbCodeBlock--quote", ".bbCodeQuote"})
_QUOTED_BY = frozenset({".bbCodeBlock-title", ".attribution"})
_EXPAND = frozenset({".bbCodeBlock-expandLink", ".quoteExpand"})
_SPOILERS = frozenset({".bbCodeSpoiler-content", ".bbCodeSpoilerText"})
_BUTTONS = frozenset({".bbCodeSpoiler-button", ".bbCodeSpoilerButton"})
_EDITS = frozenset({".message-lastEdit", ".editDate"})
"""What the board's second version calls each, and its first, of before 2018."""
_POST = re.compile(r"^(?:js-)?post-\d+$")
_TOLD = frozenset({"threadmark", "threadmarks", "sidestory", "sidestories", "side story", "omake", "apocrypha"})
"""Kinds of threadmarks under which an author tells; the others are about the story, or of the board."""


def knows(sheet: Sheet) -> bool:
    """Posts as the board sets them, or its list of threadmarks."""
    posts = any(line.within_any(_TEXTS) and _post_of(line) for line in sheet.lines)
    return posts or any(line.within(ITEM) for line in sheet.lines)


@dataclass(slots=True)
class _Post:
    """One post: who wrote it, and under which kind of threadmark."""

    author: str = ""
    kind: str = ""
    named: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    roles: dict[int, Role]
    headings: dict[int, Heading] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    author: str = ""
    told: int = 0


def say(sheet: Sheet) -> Said:
    """Only what the one who began the thread set under a threadmark is story; where nothing is marked, all he wrote."""
    posts = _posts(sheet)
    if not posts:
        return listed(sheet)
    page = _Page(dict.fromkeys(range(len(sheet.lines)), Role.CHROME))
    page.author = headed(sheet, page.roles, page.remarks)
    marked = any(post.kind for post in posts)
    if not page.author:
        first = next((post for post in posts if post.kind in _TOLD), posts[0])
        page.author = first.author
        page.remarks += _signed(sheet, first)
    for post in posts:
        _set(sheet, page, post, marked=marked)
    page.remarks += addressed(sheet)
    kind = PieceKind.STORY if page.told != 1 or not marked else PieceKind.CHAPTER
    if not page.told:
        found = finding("R003", why="nobody tells a story on this page of a board")
        return Said(page.roles, tuple(page.remarks), findings=(found,), kind=PieceKind.OTHER)
    return Said(page.roles, tuple(page.remarks), page.headings, kind=kind)


def _post_of(line: Line) -> str | None:
    return next((one.id for one in line.inside if one.id is not None and _POST.match(one.id)), None)


def _posts(sheet: Sheet) -> list[_Post]:
    found: dict[str, _Post] = {}
    for index, line in enumerate(sheet.lines):
        name = _post_of(line)
        if name is None:
            continue
        post = found.setdefault(name, _Post())
        post.lines.append(index)
        if line.within_any(_NAMES) or (line.within(".message-userDetails") and not post.author):
            post.author, post.named = _name(line), index
        elif _is_mark(line):
            post.kind = post.kind or _parted(line)[0] or "threadmarks"
    return list(found.values())


def _is_mark(line: Line) -> bool:
    """The threadmark over a post, and none of the ways to its neighbours, which are a list inside it."""
    for element in reversed(line.inside):
        if not _MARKS.isdisjoint(f".{name}" for name in element.classes):
            return True
        if element.tag == "li":
            return False
    return False


_KIND = re.compile(
    r"\s*(?P<kind>Threadmarks?:?|Side ?stor(?:y|ies)|Omake|Apocrypha|Media|Informational|Staff Post)\s+(?=\S)",
    re.IGNORECASE,
)


def _parted(line: Line) -> tuple[str, tuple[int, int]]:
    """The kind of a threadmark, and where its own words stand behind it."""
    found = _KIND.match(line.text)
    return (found["kind"].lower().rstrip(":") if found else "", (found.end() if found else 0, len(line.text.rstrip())))


def _signed(sheet: Sheet, post: _Post) -> Iterator[Remark]:
    """Who wrote the first post that tells, where the page does not say who began the thread."""
    line = sheet.lines[post.named]
    for remark in stated(Field.AUTHOR, post.named, line, (0, len(line.text))) if post.author else ():
        yield replace(remark, confidence=Confidence.LIKELY)


def _name(line: Line) -> str:
    """The name that leads to a member; a rank may stand glued to it."""
    named = (line.text[slice(*stretch)].strip() for href, stretch in links_of(line) if "members/" in href)
    return next(named, line.text.strip())


def _set(sheet: Sheet, page: _Page, post: _Post, *, marked: bool) -> None:
    """Roles for the lines of one post. Its author's other posts are notes, and others' threadmarked ones too."""
    own = post.author == page.author
    told = own and (post.kind in _TOLD or not marked)
    if not (own or post.kind) or post.kind == "staff post":
        return
    page.told += told
    inside = _Inside()
    for index in post.lines:
        line = sheet.lines[index]
        if _is_mark(line):
            _mark(page, index, line, told=told)
        elif told and line.within(".message-attribution-main"):
            page.remarks += other("Posted", index, line, (0, len(line.text)))
        elif told and line.within_any(_EDITS):
            page.remarks += _edited(index, line)
        elif line.within_any(_TEXTS) and line.within_any(_BODIES) and sheet.texts[index]:
            if told:
                _text(page, index, line, inside)
            elif not line.within_any(_EXPAND):
                page.roles[index] = Role.NOTE
                page.remarks += _fields(sheet, index) if own else ()


def _mark(page: _Page, index: int, line: Line, *, told: bool) -> None:
    """A threadmark heads a chapter, or a note."""
    _, (start, end) = _parted(line)
    title = " ".join(line.text[start:end].split())
    if not told:
        page.roles[index] = Role.NOTE
        return
    page.roles[index] = Role.CHAPTER_HEADING
    page.headings[index] = heading_of(title) or Heading(None, title or None)


_EDITED = re.compile(r"\s*Last edited\s*:?\s*", re.IGNORECASE)


def _edited(index: int, line: Line) -> Iterator[Remark]:
    if found := _EDITED.match(line.text):
        yield from other("Last edited", index, line, (found.end(), len(line.text)))


_BUTTON = re.compile(r"\s*Spoiler\s*(?::\s*(?P<title>\S.*?))?\s*$", re.IGNORECASE | re.DOTALL)
_NOTED = re.compile(
    r"\b(?:a/?n|author['’]?s?|notes?|sheets?|stats?|translations?|glossary|art|credits|disclaimer)\b", re.IGNORECASE
)


@dataclass(slots=True)
class _Inside:
    """What was said of the blocks that are open in a post."""

    noted: bool = False
    quoted: bool = False


def _text(page: _Page, index: int, line: Line, inside: _Inside) -> None:
    """A line of a post that tells. Quoted from another post it is a note; quoted from nobody here, the story's."""
    if line.within_any(_BUTTONS):
        _spoiler(page, index, line, inside)
    elif line.within_any(_EXPAND):
        return
    elif line.within_any(_QUOTES):
        if line.within_any(_QUOTED_BY):
            inside.quoted = bool(links_of(line))
        page.roles[index] = Role.NOTE
        if not inside.quoted:
            del page.roles[index]
    elif line.within_any(_SPOILERS) and inside.noted:
        page.roles[index] = Role.NOTE
    else:
        inside.quoted = False
        del page.roles[index]


def _spoiler(page: _Page, index: int, line: Line, inside: _Inside) -> None:
    """A block to open: what it is called says whether the story goes on in it, or a note."""
    found = _BUTTON.match(line.text)
    title = found["title"] if found else None
    inside.noted = title is not None and bool(_NOTED.search(title))
    if found and title is not None:
        page.roles[index] = Role.HEADER
        page.remarks.append(_block(index, line, *found.span("title")))


def _fields(sheet: Sheet, index: int) -> Iterator[Remark]:
    """What the one who tells it says of it under labels, in posts that tell nothing."""
    for entry in entries_of(index, sheet.lines[index]):
        if entry.label.strong:
            yield from remarks_of(entry, sheet.lines)


def _block(index: int, line: Line, start: int, end: int) -> Remark:
    said = " ".join(line.text[start:end].split())
    detail = {"label": "spoiler block", "said": said}
    return Remark(Field.OTHER, f"Spoiler: {said}", Confidence.STATED, places(line, start, end), index, None, detail)


DIALECT = Dialect("xenforo", RULE, knows, say)
