"""What the rows, bylines and lists around a work of the Archive of Our Own say, one function for each place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from remnant.model import Confidence, Field
from remnant.understand.dialects.packages import beside
from remnant.understand.dialects.places import author, linked, links_of, other, stated
from remnant.understand.dialects.story_addresses import address_of
from remnant.understand.draft import Fact, Line
from remnant.understand.facts import remark_of
from remnant.understand.normal import normal
from remnant.understand.places import places
from remnant.understand.sheet import Remark

_TAGS = {
    "rating": Field.RATING,
    "archive warning": Field.WARNING,
    "warning": Field.WARNING,
    "category": Field.CATEGORY,
    "categorie": Field.CATEGORY,
    "fandom": Field.FANDOM,
    "relationship": Field.RELATIONSHIP,
    "pairing": Field.RELATIONSHIP,
    "character": Field.CHARACTER,
    "additional tag": Field.TAG,
}
"""Rows of tags, in the singular."""
_STATS = {
    "language": Field.LANGUAGE,
    "published": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "completed": Field.UPDATED,
    "words": Field.WORDCOUNT,
    "chapters": Field.CHAPTER,
}


def tag_field(label: str) -> Field | None:
    """The field of a row of tags, whose label is plural where there are several."""
    return _TAGS.get(label) or _TAGS.get(label.removesuffix("s"))


def row(label: str, index: int, line: Line) -> Iterator[Remark]:
    """What a row of the tag list says; one that we do not know is told under its own label."""
    if label == "stats":
        yield from _stats(index, line)
    elif label == "series":
        yield from _series(index, line)
    elif label in _STATS:
        yield from _stat(index, line, label, 0, len(line.text))
    elif field := tag_field(label):
        yield from (remark for remark in linked(field, index, line) if not _HIDDEN.match(remark.value))
    else:
        stretches = [stretch for _, stretch in links_of(line)] or [(0, len(line.text))]
        for stretch in stretches:
            yield from other(label.capitalize(), index, line, stretch)


_HIDDEN = re.compile(r"^show (?:archive )?(?:warnings|additional tags|tags)$", re.IGNORECASE)
"""What a reader who hid them is shown in place of tags: nothing is said of the work."""

_STAT = re.compile(r"(?P<name>[A-Z][a-z]+)\s*:\s*(?P<value>\S+)")


def _stats(index: int, line: Line) -> Iterator[Remark]:
    for found in _STAT.finditer(line.text):
        name = found["name"].lower()
        if name in _STATS:
            yield from _stat(index, line, name, *found.span("value"))
        else:
            yield from other(found["name"], index, line, found.span("value"))
        if name == "completed":
            yield from completed(index, line)


def completed(index: int, line: Line) -> Iterator[Remark]:
    """A finished work's last date is labelled "Completed"; the label is the only place that says so."""
    if found := re.search(r"\bCompleted\b", line.text, re.IGNORECASE):
        yield Remark(Field.STATUS, found[0], Confidence.STATED, places(line, *found.span()), index, "complete")


def _stat(index: int, line: Line, name: str, start: int, end: int) -> Iterator[Remark]:
    yield from stated(_STATS[name], index, line, (start, end))
    value = line.text[start:end].strip()
    if name == "chapters" and (found := re.match(r"([\d,]+)/([\d,]+|\?)$", value)):
        done = "complete" if found[1] == found[2] else "in progress"
        yield Remark(Field.STATUS, value, Confidence.STATED, places(line, start, end), index, done)


_PART = re.compile(r"\bPart\s+(?P<number>\d+)\s+of\s*$", re.IGNORECASE)


def _series(index: int, line: Line) -> Iterator[Remark]:
    at = 0
    for _, (start, end) in links_of(line):
        part = _PART.search(line.text, at, start)
        name = " ".join(line.text[start:end].split())
        detail = {"name": name, "position": int(part["number"]) if part else None}
        if re.search(r"\w", name) and not _OTHER_WORKS.search(name):
            yield Remark(Field.SERIES, name, Confidence.STATED, places(line, start, end), index, name, detail)
        at = end


_OTHER_WORKS = re.compile(r"\b(?:previous|next) work\b", re.IGNORECASE)

_ARCHIVED = re.compile(r"\[archived by (?P<who>[^\[\]]*+)\]")
_BY = re.compile(r"^\s*(?:chapter\s+)?by\s+", re.IGNORECASE)
_PSEUD = re.compile(r"(?P<pseud>[^()]++)\((?P<account>[\w-]++)\)")


def authors(index: int, line: Line) -> Iterator[Remark]:
    """The linked names of a byline, each perhaps a pseud of an account.

    What an archivist kept for somebody is that somebody's, whose name leads nowhere.
    """
    by = _BY.match(line.text)
    start = by.end() if by else 0
    archived = next(_ARCHIVED.finditer(line.text, start), None)
    whose = _archived_name(line.text, start, archived.start()) if archived else (0, 0)
    names = [(href, at) for href, at in links_of(line) if not (archived and whose[0] <= at[0] < archived.end())]
    for href, stretch in names or ([] if archived else [("", (start, len(line.text)))]):
        yield from _named(index, line, href, stretch)
    if archived:
        yield from _named(index, line, "", whose)
        yield from other("Archived by", index, line, archived.span("who"))


def _archived_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The one name before the bracket: what stands behind the last comma."""
    return max(start, text.rfind(",", start, end) + 1), end


def _named(index: int, line: Line, href: str, stretch: tuple[int, int]) -> Iterator[Remark]:
    for remark in author(index, line, stretch, href) if href else stated(Field.AUTHOR, index, line, stretch):
        named = _PSEUD.fullmatch(remark.value)
        told = {name: said.strip() for name, said in named.groupdict().items()} if named else {}
        yield replace(remark, detail={**remark.detail, **told})


_RELATED = re.compile(
    r"\s*(?P<label>For|Inspired by|A translation of|Translation into [^:\n]{1,60}? available|In response to a prompt by"
    r"|Works inspired by this one|This work was inspired by)(?::|\b)\s*",
    re.IGNORECASE,
)


def related(index: int, line: Line, label: str = "Related") -> Iterator[Remark]:
    """Whom a work is for, and what it comes from or became; `label` is that of the list, where an entry has none."""
    found = _RELATED.match(line.text)
    start, end = found.end() if found else 0, len(line.text.rstrip(" \n."))
    if found and found["label"].lower() == "for":
        links = [stretch for _, stretch in links_of(line)] or [(start, end)]
        for stretch in links:
            yield from stated(Field.DEDICATION, index, line, stretch)
        return
    named = found["label"] if found else label
    for stretch in _works(line, start, end):
        yield from other(" ".join(named.split()), index, line, stretch)


_NEXT_WORK = re.compile(r",\s+")


def _works(line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Several works in one row stand with commas between: one ends where a link to a person did, and a link begins."""
    starts = {stretch[0] for href, stretch in links_of(line) if "/users/" not in href}
    at = start
    for cut in _NEXT_WORK.finditer(line.text, start, end):
        if cut.end() in starts:
            yield at, cut.start()
            at = cut.end()
    yield at, end


_PACKAGE = {"dc:title": Field.TITLE, "dc:creator": Field.AUTHOR, "dc:language": Field.LANGUAGE}
_BESIDE = {
    "dc:publisher": "Publisher",
    "dc:subject": "Subject",
    "dc:identifier": "Identifier",
    "dc:contributor": "Contributor",
    "meta:calibre:timestamp": "Timestamp",
}


def of_package(facts: tuple[Fact, ...], told: Iterable[Remark]) -> Iterator[Remark]:
    """What a book's package file says beside its preface. Its date is the last change's."""
    told = tuple(told)
    if not any(remark.field is Field.WARNING for remark in told):
        tags = tuple(remark for fact in facts if fact.name == "dc:subject" for remark in _unsorted(fact))
        yield from tags
        told = (*told, *tags)
    yield from beside(facts, told, _PACKAGE, _BESIDE)
    dates = {remark.normalised for remark in told if remark.field in (Field.PUBLISHED, Field.UPDATED)}
    for fact in facts:
        if fact.name == "dc:date" and normal(Field.UPDATED, fact.value)[0] not in dates:
            yield from remark_of(fact, Field.UPDATED, Confidence.STATED)


_RATINGS = frozenset({"general audiences", "teen and up audiences", "mature", "explicit", "not rated"})
_WARNINGS = frozenset(
    {
        *("graphic depictions of violence", "major character death", "rape/non-con", "underage", "underage sex"),
        *("no archive warnings apply", "choose not to use archive warnings"),
        "creator chose not to use archive warnings",
    }
)


def _unsorted(fact: Fact) -> Iterator[Remark]:
    """A tag of a book whose head is lost: all kinds stand there as one, and some can be nothing but what they are."""
    name = fact.value.strip().lower()
    kind = Field.RATING if name in _RATINGS else Field.WARNING if name in _WARNINGS else Field.TAG
    yield from remark_of(fact, kind, Confidence.STATED)


def sources(index: int, line: Line) -> Iterator[Remark]:
    """The last link of the first paragraph is the work's own."""
    works = [(href, at) for href, at in links_of(line) if full(href) and "comments" not in href]
    for href, stretch in works[-1:]:
        yield address(index, line, href, stretch)


def address(index: int, line: Line, href: str, stretch: tuple[int, int]) -> Remark:
    shown = line.text[slice(*stretch)].strip()
    value = shown if full(shown) else href
    return Remark(Field.SOURCE_URL, value, Confidence.STATED, places(line, *stretch), index, full(href))


def full(href: str) -> str | None:
    """The work's address; on its own pages the site is left out of it."""
    return address_of(f"https://archiveofourown.org{href}" if href.startswith("/") else href)
