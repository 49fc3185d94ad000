"""What a calibre library says of a book: the word of whoever keeps it, heard through calibre.

It stands beside what the story says of itself and never in its place: on a field of which the book has spoken, calibre
is only guessing, since it copies such fields and mends them by rules of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from remnant.model import Confidence, Detail, Field
from remnant.understand.draft import Fact
from remnant.understand.findings import finding
from remnant.understand.normal import normal
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("calibre")

_FIELDS: Mapping[str, Field] = {
    "title": Field.TITLE,
    "creator": Field.AUTHOR,
    "description": Field.SUMMARY,
    "language": Field.LANGUAGE,
    "subject": Field.TAG,
    "date": Field.PUBLISHED,
    "series": Field.SERIES,
    "identifier": Field.SOURCE_URL,
}
COLUMNS: Mapping[str, Field] = {
    "fandom": Field.FANDOM,
    "fandoms": Field.FANDOM,
    "character": Field.CHARACTER,
    "characters": Field.CHARACTER,
    "ship": Field.RELATIONSHIP,
    "ships": Field.RELATIONSHIP,
    "relationship": Field.RELATIONSHIP,
    "relationships": Field.RELATIONSHIP,
    "pairing": Field.RELATIONSHIP,
    "pairings": Field.RELATIONSHIP,
    "warning": Field.WARNING,
    "warnings": Field.WARNING,
    "genre": Field.GENRE,
    "genres": Field.GENRE,
    "category": Field.CATEGORY,
    "categories": Field.CATEGORY,
    "rating": Field.RATING,
    "ficrating": Field.RATING,
    "status": Field.STATUS,
    "words": Field.WORDCOUNT,
    "wordcount": Field.WORDCOUNT,
    "word_count": Field.WORDCOUNT,
    "published": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "url": Field.SOURCE_URL,
    "source": Field.SOURCE_URL,
    "storyurl": Field.SOURCE_URL,
    "source_url": Field.SOURCE_URL,
    "language": Field.LANGUAGE,
    "freeformtags": Field.TAG,
    "freeform": Field.TAG,
    "ao3tags": Field.TAG,
}
"""Columns of the owner's own making that say what a story's header would, by the names that people and FanFicFare's
plugin give them. All others are the owner's alone."""

_ADDED_UP = frozenset(
    {Field.FANDOM, Field.CHARACTER, Field.RELATIONSHIP, Field.WARNING, Field.GENRE, Field.CATEGORY, Field.TAG}
    | {Field.SERIES, Field.SOURCE_URL}
)
"""Fields of which a work may have several: the owner's stand beside the story's."""

_UNKNOWN = frozenset({"unknown", "unbekannt", "inconnu", "desconocido", "sconosciuto", "onbekend", ""})
"""What calibre writes where it found no author, in the languages of its users."""
_NOBODY = re.compile(r"fanfiction|fanworks|general fiction|unknown|und", re.IGNORECASE)
_NEVER = "0101-01-0"
"""The day that calibre gives to a book without one."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESS = re.compile(r"https?://\S+")
_TAG = re.compile(r"<[^<>]{0,1000}+>")
_PLACE = re.compile(r"(\d{1,4})(?:\.0*)?")


def say(sheet: Sheet) -> Said:
    """Claims from what stands beside the book; nothing of any other file."""
    facts = [fact for fact in sheet.draft.facts if fact.name.startswith("calibre:")]
    if not facts:
        return Said()
    authors = [fact for fact in facts if fact.name == "calibre:creator"]
    nameless = bool(authors) and all(_folded(fact.value) in _UNKNOWN for fact in authors)
    heard = {_folded(one.remark.value) for one in sheet.testimony}
    heard |= {_folded(one.remark.normalised) for one in sheet.testimony if one.remark.normalised}
    remarks = tuple(remark for fact in facts for remark in _remarks(sheet, fact, heard, nameless=nameless))
    titled = any(fact.name == "calibre:title" for fact in facts)
    return Said(remarks=remarks, findings=(finding("C004"),) if nameless and titled else ())


def _remarks(sheet: Sheet, fact: Fact, heard: set[str], *, nameless: bool) -> Iterator[Remark]:
    name = fact.name.removeprefix("calibre:")
    field = COLUMNS.get(name.removeprefix("#")) if name.startswith("#") else _FIELDS.get(name)
    value = _words(fact.value) if field is Field.SUMMARY else fact.value.strip()
    if field is None or not value or not _is_said(field, value, nameless=nameless):
        return
    if field is Field.TAG and _is_known(value, heard):
        return
    said, detail = _normal(field, value, fact)
    yield Remark(field, value, _confidence(sheet, field), (fact.region,), 0, said, detail)


def _is_said(field: Field, value: str, *, nameless: bool) -> bool:
    """Whether it is anybody's word, and not what calibre writes where there is none."""
    match field:
        case Field.TITLE:
            return not nameless
        case Field.AUTHOR:
            return _folded(value) not in _UNKNOWN and "@" not in value
        case Field.PUBLISHED | Field.UPDATED:
            return not value.startswith(_NEVER)
        case Field.SOURCE_URL:
            return _ADDRESS.fullmatch(value) is not None
        case _:
            return not _NOBODY.fullmatch(value)


def _is_known(value: str, heard: set[str]) -> bool:
    """Whether the story has said it already, as whatever it is: calibre calls everything a tag."""
    said = {normal(field, value)[0] for field in (Field.RATING, Field.WARNING)} - {None}
    return _folded(value) in heard or any(_folded(one) in heard for one in said if one)


def _confidence(sheet: Sheet, field: Field) -> Confidence:
    if field in _ADDED_UP:
        return Confidence.STATED
    if field is Field.LANGUAGE:  # calibre writes its own user's language where it knows none
        return Confidence.GUESSED
    spoken = (one.remark for one in sheet.testimony if one.remark.field is field)
    return Confidence.GUESSED if any(one.confidence is not Confidence.GUESSED for one in spoken) else Confidence.LIKELY


def _normal(field: Field, value: str, fact: Fact) -> tuple[str | None, Detail]:
    if field is Field.SERIES:
        place = _PLACE.fullmatch(dict(fact.detail).get("position", "").strip())
        return value, {"name": value, "position": int(place[1]) if place else None}
    if field in (Field.PUBLISHED, Field.UPDATED) and _DAY.match(value):
        return value[:10], {"precision": "day"}
    return normal(field, value)


def _words(markup: str) -> str:
    """What a reader of calibre sees of its comments."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
