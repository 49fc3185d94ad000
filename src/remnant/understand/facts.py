"""What the container says of the work beside its text: HTML's head, an EPUB's package file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from remnant.model import Confidence, Field
from remnant.understand.draft import Fact
from remnant.understand.headings import heading_of
from remnant.understand.normal import normal
from remnant.understand.page_names import said_in_head, without_poster
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("facts")

_STATED: dict[str, Field] = {
    "dc:title": Field.TITLE,
    "dc:creator": Field.AUTHOR,
    "dc:language": Field.LANGUAGE,
    "dc:subject": Field.TAG,
    "dc:date": Field.DATE,
    "meta:author": Field.AUTHOR,
    "link:canonical": Field.SOURCE_URL,
    "og:url": Field.SOURCE_URL,
    "fb2:annotation": Field.SUMMARY,
    "fb2:genre": Field.GENRE,
    "fb2:src-url": Field.SOURCE_URL,
    "meta:og:url": Field.SOURCE_URL,
}
_GUESSED = {
    "html:lang": Field.LANGUAGE,
    "html:title": Field.TITLE,
    "meta:title": Field.TITLE,
    "og:title": Field.TITLE,
    "meta:og:title": Field.TITLE,
    "core:title": Field.TITLE,
    "core:language": Field.LANGUAGE,
    "core:description": Field.SUMMARY,
    "core:created": Field.DATE,
}
_ACCOUNTS = {"core:creator": Field.AUTHOR}
"""What an office program fills in by itself: the name its user's account has, which is seldom a pen name."""

_EMPTY = re.compile(
    r"^\W*$|^(?:unknown|unrecogni[sz]ed|untitled(?: document| page)?|no title|none|default|author|admin(?:istrator)?"
    r"|user|owner|new page(?: \d+)?|page \d+|document\d*|microsoft word.*|home(?: page)?|index(?:\.html?)?|calibre.*"
    r"|fanworks|fanfiction|\[?unknown\]?|und|zxx|mul|[a-z]{1,12}[-_]?\d{1,4}[a-z]?)$",
    re.IGNORECASE,
)
_PLACE_NAMES = re.compile(
    r"\b(?:fanfiction\.net|archive of our own|livejournal|dreamwidth|wattpad|404|error|not found|log ?in|index of"
    r"|fan ?fiction archive|file://|https?://)|\.(?:html?|txt|docx?|epub|rtf|odt|pdf|wp[ds]|tiff?|jpe?g|png)$",
    re.IGNORECASE,
)


def say(sheet: Sheet) -> Said:
    """Claim what the container states. A page's `<title>` is a guess: it names the page, which may not be the story."""
    return Said(remarks=tuple(_remarks(sheet)))


def _remarks(sheet: Sheet) -> Iterator[Remark]:
    facts = sheet.draft.facts if sheet.dialect is None else ()
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.name, fact)
    for fact in facts:
        if field := _STATED.get(fact.name):
            yield from remark_of(fact, field, Confidence.STATED)
        elif fact.name in _SERIES:
            yield from series_of(fact, first)
        elif fact is not first[fact.name]:
            continue
        elif field := _GUESSED.get(fact.name):
            yield from _guess(sheet, fact, field)
        elif field := _ACCOUNTS.get(fact.name):
            yield from (replace(remark, sensitive=True) for remark in _guess(sheet, fact, field))


_SERIES = {"fb2:sequence": "number", "meta:calibre:series": "meta:calibre:series_index"}
"""Where a series is named, and what says which place in it this work has: a detail of the same fact, or a fact."""
_PLACE = re.compile(r"(\d{1,4})(?:\.0*)?")


def series_of(fact: Fact, first: Mapping[str, Fact]) -> Iterator[Remark]:
    """A series, and which place in it the work has; `first` are the facts by their names."""
    place = _SERIES[fact.name]
    said = dict(fact.detail).get(place) or (first[place].value if place in first else "")
    number = _PLACE.fullmatch(said.strip())
    for remark in remark_of(fact, Field.SERIES, Confidence.STATED):
        detail = {"name": remark.value, "position": int(number[1]) if number else None}
        yield replace(remark, normalised=remark.value, detail=detail)


def _guess(sheet: Sheet, fact: Fact, field: Field) -> Iterator[Remark]:
    """What is written on the container by habit: weighed only where nobody else spoke, and once."""
    if field is Field.TITLE and (named := _in_head(sheet, fact)) is not None:
        yield named
    elif not sheet.heard(field):
        yield from _page_title(fact, field) if field is Field.TITLE else remark_of(fact, field, Confidence.GUESSED)


def _in_head(sheet: Sheet, fact: Fact) -> Remark | None:
    """A line over the story that says what the page's title says too, unless a surer title was heard."""
    heard = (told.remark for told in sheet.testimony if told.remark.field is Field.TITLE)
    if any(one.confidence is not Confidence.GUESSED for one in heard):
        return None
    named = said_in_head(sheet, fact.value)
    if named is None:
        return None
    line = sheet.lines[named.line]
    value = line.text[named.start : named.end]
    if _EMPTY.match(value) or _PLACE_NAMES.search(value):
        return None
    return Remark(Field.TITLE, value, Confidence.LIKELY, places(line, named.start, named.end), named.line)


def remark_of(fact: Fact, field: Field, confidence: Confidence) -> Iterator[Remark]:
    """A claim out of a fact, unless its value is what software writes when nobody told it anything."""
    value = " ".join(fact.value.split())
    if not _EMPTY.match(value) and not (field is Field.AUTHOR and "@" in value):
        yield Remark(field, value, confidence, (fact.region,), 0, *normal(field, value))


_BETWEEN = re.compile(r"\s+(?:[-–—|:»~•]{1,2}|::)\s+|\s*[|»•]\s*")


def _page_title(fact: Fact, field: Field) -> Iterator[Remark]:
    """Of "Title - Author - Site" nobody can tell which is which; of a title alone, one can."""
    value = without_poster(" ".join(fact.value.split()))
    told = len(value) <= 120 and not _BETWEEN.search(value) and not _PLACE_NAMES.search(value)
    if told and heading_of(value) is None:
        yield from remark_of(replace(fact, value=value), field, Confidence.GUESSED)
