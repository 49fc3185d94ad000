"""fanfiction.net: a chapter's page saved from a browser, of 2011 and since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import Confidence, Field, Mark, PieceKind, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import Stretch, links_of, stated, together
from remnant.understand.draft import Fact, Line
from remnant.understand.facts import remark_of
from remnant.understand.places import places, trimmed
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect ffn")

TEXT = "#storytext"
_HEADS = ("#profile_top", "#gui_table1i")
_CRUMBS = "#pre_story_links"
_STORY = re.compile(
    r"^(?:https?:)?//(?:www\.|m\.)?(?:fanfiction\.net"
    r"|fictionpress\.com)/s/(?P<id>\d+)(?:/(?P<chapter>\d+))?"
)


def knows(sheet: Sheet) -> bool:
    """The story's own box, under the site's own address or its head."""
    if not any(line.within(TEXT) for line in sheet.lines):
        return False
    headed = any(line.within(head) for line in sheet.lines for head in _HEADS)
    return headed or _address(sheet.draft.facts) is not None


def _address(facts: tuple[Fact, ...]) -> Fact | None:
    return next((fact for fact in facts if fact.name == "link:canonical" and _STORY.match(fact.value)), None)


def say(sheet: Sheet) -> Said:
    """The story's text is left to the rules; what stands around it is claims or furniture."""
    roles: dict[int, Role] = {}
    remarks: list[Remark] = [*_addressed(sheet)]
    summary: list[int] = []
    for index, line in enumerate(sheet.lines):
        if line.within(TEXT):
            continue
        role = _role(line, sheet.texts[index])
        told = role is Role.SUMMARY and (summary or Role.TITLE not in roles.values())
        roles[index] = Role.CHROME if told else role
        remarks += _said(index, line, roles[index])
        if roles[index] is Role.SUMMARY:
            summary.append(index)
    remarks += together(Field.SUMMARY, sheet, summary)
    return Said(roles, tuple(remarks), kind=PieceKind.CHAPTER if _is_one_of_many(sheet) else PieceKind.STORY)


def _role(line: Line, text: str) -> Role:
    if line.within(_CRUMBS):
        return Role.HEADER
    if not any(line.within(head) for head in _HEADS) or not text:
        return Role.CHROME
    if _INFO.match(text):
        return Role.HEADER
    if _title(line) is not None:
        return Role.TITLE
    if _author(line) is not None:
        return Role.BYLINE
    return Role.CHROME if line.within("button") or line.within("select") or _BUTTONS.match(text) else Role.SUMMARY


_BUTTONS = re.compile(r"^\W*(?:follow/fav|follow story|favorite story|send message|next >?|<? prev)\W*$", re.IGNORECASE)


def _title(line: Line) -> Stretch | None:
    """The first words in bold, before any "By:"."""
    at = 0
    for span in line.spans:
        end = at + len(span.text)
        if Mark.STRONG in span.marks and span.text.strip():
            return at, end
        if re.search(r"\bBy:", span.text):
            return None
        at = end
    return None


def _author(line: Line) -> Stretch | None:
    return next((stretch for href, stretch in links_of(line) if re.search(r"(?:^|//[\w.]+)/u/\d", href)), None)


def _said(index: int, line: Line, role: Role) -> Iterator[Remark]:
    if role is Role.HEADER:
        yield from _fandoms(index, line) if line.within(_CRUMBS) else _info(index, line)
    elif role in (Role.TITLE, Role.BYLINE):
        for field, stretch in ((Field.TITLE, _title(line)), (Field.AUTHOR, _author(line))):
            if stretch is not None:
                yield from stated(field, index, line, stretch)


_CROSSOVER = re.compile(r"\s+crossover\s*$", re.IGNORECASE)


def _fandoms(index: int, line: Line) -> Iterator[Remark]:
    """Category » fandom; or one link "A + B Crossover"."""
    links = [stretch for _, stretch in links_of(line)]
    for start, end in links[-1:]:
        crossed = _CROSSOVER.search(line.text, start, end)
        at = start
        for cut in re.finditer(r"\s\+\s", line.text[start:end]) if crossed else ():
            yield from stated(Field.FANDOM, index, line, (at, start + cut.start()))
            at = start + cut.end()
        yield from stated(Field.FANDOM, index, line, (at, crossed.start() if crossed else end))


_INFO = re.compile(r"^\s*Rated:")
_DASH = re.compile(r"\s+-\s+")
_KEYED = re.compile(r"\s*(?P<key>Rated|Chapters|Words|Updated|Published|Status):\s*")
_COUNTER = re.compile(r"\s*(?:Reviews|Favs|Follows|id|Staff|Community):")
_KEYS = {
    "Rated": Field.RATING,
    "Chapters": Field.CHAPTER,
    "Words": Field.WORDCOUNT,
    "Updated": Field.UPDATED,
    "Published": Field.PUBLISHED,
    "Status": Field.STATUS,
}
_GENRES = (
    "Adventure|Angst|Crime|Drama|Family|Fantasy|Friendship|General|Horror|Humor|Hurt/Comfort|Mystery|Parody|Poetry"
    "|Romance|Sci-Fi|Spiritual|Supernatural|Suspense|Tragedy|Western"
)
_GENRE = re.compile(_GENRES)
_GENRE_LIST = re.compile(rf"(?:{_GENRES})(?:/(?:{_GENRES}))*")


def _info(index: int, line: Line) -> Iterator[Remark]:
    """The line of dashes: keyed parts say what they are, the others by their place."""
    place = 0
    for stretch in _parts(line.text):
        start, end = stretch
        if key := _KEYED.match(line.text, start, end):
            yield from _keyed(index, line, key["key"], (key.end(), end))
        elif not _COUNTER.match(line.text, start, end):
            place += 1
            yield from _placed(index, line, stretch, place)


def _keyed(index: int, line: Line, key: str, stretch: Stretch) -> Iterator[Remark]:
    for remark in stated(_KEYS[key], index, line, stretch):
        if key == "Chapters" and remark.value.isdecimal():
            yield replace(remark, detail={"count": int(remark.value)})
        else:
            yield remark


def _parts(text: str) -> Iterator[Stretch]:
    at = 0
    for cut in _DASH.finditer(text):
        yield at, cut.start()
        at = cut.end()
    yield at, len(text)


def _placed(index: int, line: Line, stretch: Stretch, place: int) -> Iterator[Remark]:
    start, end = trimmed(line.text, *stretch)
    if place == 1:
        yield from stated(Field.LANGUAGE, index, line, stretch)
    elif _GENRE_LIST.fullmatch(line.text, start, end):
        for genre in _GENRE.finditer(line.text, start, end):
            yield from stated(Field.GENRE, index, line, genre.span())
    else:
        yield from _characters(index, line, start, end)


_PAIR = re.compile(r"\[(?P<names>[^\[\]]+)\]")
_NAME = re.compile(r"[^,\[\]&]*[^,\[\]&\s][^,\[\]&]*")


def _characters(index: int, line: Line, start: int, end: int) -> Iterator[Remark]:
    for pair in _PAIR.finditer(line.text, start, end):
        people = tuple(name.strip() for name in pair["names"].split(","))
        evidence = places(line, *pair.span("names"))
        yield Remark(Field.RELATIONSHIP, pair["names"], Confidence.STATED, evidence, index, detail={"people": people})
    for name in _NAME.finditer(line.text, start, end):
        yield from stated(Field.CHARACTER, index, line, name.span())


_PAGE_TITLE = re.compile(r"^.*?\bChapter (?P<number>\d+)(?:: (?P<title>.+?))?, an? .+ fanfic\b", re.DOTALL)


def _addressed(sheet: Sheet) -> Iterator[Remark]:
    """The address names story and chapter; the page's title, the chapter's name."""
    fact = _address(sheet.draft.facts)
    found = _STORY.match(fact.value) if fact else None
    if fact is None or found is None:
        return
    ready = f"https://www.fanfiction.net/s/{found['id']}"
    yield Remark(Field.SOURCE_URL, fact.value, Confidence.STATED, (fact.region,), 0, ready)
    if _is_one_of_many(sheet):
        yield from _chapter(sheet, fact, found["chapter"])


def _chapter(sheet: Sheet, address: Fact, number: str | None) -> Iterator[Remark]:
    page = next((fact for fact in sheet.draft.facts if fact.name == "html:title"), address)
    named = _PAGE_TITLE.match(page.value)
    number = named["number"] if named else number
    if number is not None:
        detail = {"number": int(number), "title": named["title"] if named else None}
        source = page if named else address
        for remark in remark_of(source, Field.CHAPTER, Confidence.STATED):
            yield Remark(remark.field, remark.value, remark.confidence, remark.evidence, 0, str(int(number)), detail)


def _is_one_of_many(sheet: Sheet) -> bool:
    """A list to choose chapters from stands only on pages of stories that have several."""
    listed = any(line.within("#chap_select") for line in sheet.lines)
    return listed or any(re.search(r"\s-\s+Chapters:\s*(?!1\b)\d", text) for text in sheet.texts[:60])


DIALECT = Dialect("ffn", RULE, knows, say)
