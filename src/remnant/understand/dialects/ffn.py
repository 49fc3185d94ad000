"""fanfiction.net: a chapter's page saved from a browser, of 2011 and since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from remnant.model import Confidence, Field, Mark, PieceKind, Region, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import Stretch, author, links_of, other, stated, together
from remnant.understand.dialects.story_addresses import address_of, chapter_of
from remnant.understand.draft import Fact, Line
from remnant.understand.facts import remark_of
from remnant.understand.normal import normal
from remnant.understand.places import places, trimmed
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect ffn")

TEXT = "#storytext"
_HEADS = ("#profile_top", "#gui_table1i")
_CRUMBS = "#pre_story_links"


def knows(sheet: Sheet) -> bool:
    """The story's own box, under the site's own address or its head."""
    if not any(line.within(TEXT) for line in sheet.lines):
        return False
    headed = any(line.within(head) for line in sheet.lines for head in _HEADS)
    return headed or _address(sheet.draft.facts) is not None


def _address(facts: tuple[Fact, ...]) -> Fact | None:
    return next((fact for fact in facts if fact.name == "link:canonical" and address_of(fact.value)), None)


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
        remarks += _said(sheet, index, roles[index])
        if roles[index] is Role.SUMMARY:
            summary.append(index)
    remarks += [*together(Field.SUMMARY, sheet, summary), *_listed_chapters(sheet)]
    return Said(roles, tuple(remarks), kind=PieceKind.CHAPTER if _is_one_of_many(sheet) else PieceKind.STORY)


def _listed_chapters(sheet: Sheet) -> Iterator[Remark]:
    """The names of all chapters, from the list to choose from; it stands above and below the text."""
    names: set[str] = set()
    for index, line in enumerate(sheet.lines):
        if line.within("#chap_select") and (name := sheet.texts[index]) not in names:
            names.add(name)
            yield from other("Chapter", index, line, (0, len(line.text)))


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


def _author(line: Line) -> tuple[str, Stretch] | None:
    return next(((href, at) for href, at in links_of(line) if re.search(r"(?:^|//[\w.]+)/u/\d", href)), None)


def _said(sheet: Sheet, index: int, role: Role) -> Iterator[Remark]:
    line = sheet.lines[index]
    if role is Role.HEADER:
        yield from _fandoms(index, line) if line.within(_CRUMBS) else info(sheet, index)
    elif role in (Role.TITLE, Role.BYLINE):
        if (title := _title(line)) is not None:
            yield from stated(Field.TITLE, index, line, title)
        if (named := _author(line)) is not None:
            yield from author(index, line, named[1], named[0])


_CROSSOVER = re.compile(r"(?<!\s)\s++crossover\s*$", re.IGNORECASE)


_PLUS = re.compile(r"\s\+\s(?!(?:Ada|Vampire|The Divine|Isolde)\b)")
"""Between two fandoms; a few have such a sign in their own names."""


def _fandoms(index: int, line: Line) -> Iterator[Remark]:
    """Category » fandom; or one link "A + B Crossover"."""
    links = [stretch for _, stretch in links_of(line)]
    for stretch in links[:-1]:
        yield from stated(Field.CATEGORY, index, line, stretch)
    for start, end in links[-1:]:
        crossed = _CROSSOVER.search(line.text, start, end)
        at = start
        for cut in _PLUS.finditer(line.text, start, end) if crossed else ():
            yield from stated(Field.FANDOM, index, line, (at, cut.start()))
            at = cut.end()
        yield from stated(Field.FANDOM, index, line, (at, crossed.start() if crossed else end))


_INFO = re.compile(r"^\s*Rated:")
_DASH = re.compile(r"(?<!\s)\s++-\s+")
_KEYED = re.compile(r"\s*(?P<key>Rated|Chapters|Words|Updated|Published|Status):\s*")
_COUNTER = re.compile(r"\s*(?P<key>Reviews|Favs|Follows|id|Staff|Community):\s*")
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


def info(sheet: Sheet, index: int, start: int = 0, end: int | None = None) -> Iterator[Remark]:
    """The line of dashes: keyed parts say what they are, the others by their place. A name may have a dash in it."""
    line = sheet.lines[index]
    places_left: list[Stretch] = []
    for stretch in _parts(line.text, start, len(line.text) if end is None else end):
        if key := _KEYED.match(line.text, *stretch):
            yield from _keyed(sheet, index, key, stretch[1])
        elif counted := _COUNTER.match(line.text, *stretch):
            yield from other(counted["key"], index, line, (counted.end(), stretch[1]))
        else:
            places_left.append(stretch)
    yield from _placed(index, line, places_left)


def _keyed(sheet: Sheet, index: int, key: re.Match[str], end: int) -> Iterator[Remark]:
    line = sheet.lines[index]
    field = _KEYS[key["key"]]
    for remark in stated(field, index, line, (key.end(), end)):
        if field is Field.CHAPTER and remark.value.isdecimal():
            yield replace(remark, detail={"count": int(remark.value)})
        elif field in (Field.PUBLISHED, Field.UPDATED):
            yield _dated(sheet, remark, places(line, *key.span())[0])
        else:
            yield remark


_DAY = re.compile(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{4}|\d{2})")


def _dated(sheet: Sheet, remark: Remark, key: Region) -> Remark:
    """The site writes the month first; and tells machines the second, where people see only "5/8" or "3h ago"."""
    if found := _DAY.fullmatch(remark.value):
        century = "" if len(found["year"]) == 4 else "19" if found["year"] >= _FIRST_YEAR else "20"
        ready, detail = normal(remark.field, f"{century}{found['year']}-{found['month']}-{found['day']}")
        return replace(remark, normalised=ready, detail=detail)
    start, end = key.start, remark.evidence[0].start
    seconds = (fact for fact in sheet.draft.facts if fact.name == "span:data-xutime" and _SECONDS.fullmatch(fact.value))
    if fact := next((fact for fact in seconds if start < fact.region.start < end), None):
        day = datetime.fromtimestamp(int(fact.value), UTC).date().isoformat()
        return replace(remark, evidence=(*remark.evidence, fact.region), normalised=day, detail={"precision": "day"})
    return remark


_FIRST_YEAR = "98"
"""When the site began."""
_SECONDS = re.compile(r"[0-9]{1,10}")
"""Up to the year 2286."""


def _parts(text: str, start: int, end: int) -> Iterator[Stretch]:
    at = start
    for cut in _DASH.finditer(text, start, end):
        yield at, cut.start()
        at = cut.end()
    yield at, end


def _placed(index: int, line: Line, parts: list[Stretch]) -> Iterator[Remark]:
    """First the language, then perhaps genres; all that is left are names."""
    if not parts:
        return
    yield from stated(Field.LANGUAGE, index, line, parts[0])
    rest = parts[1:]
    if rest and _GENRE_LIST.fullmatch(line.text, *trimmed(line.text, *rest[0])):
        for genre in _GENRE.finditer(line.text, *rest[0]):
            yield from stated(Field.GENRE, index, line, genre.span())
        rest = rest[1:]
    if rest:
        yield from characters(index, line, *trimmed(line.text, rest[0][0], rest[-1][1]))


_PAIR = re.compile(r"\[(?P<names>[^\[\]]+)\]")
_NAME = re.compile(r"[^,\[\]&]*[^,\[\]&\s][^,\[\]&]*")


def characters(index: int, line: Line, start: int, end: int) -> Iterator[Remark]:
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
    if fact is not None:
        yield Remark(Field.SOURCE_URL, fact.value, Confidence.STATED, (fact.region,), 0, address_of(fact.value))
        if _is_one_of_many(sheet):
            yield from _chapter(sheet, fact, chapter_of(fact.value))


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
