"""The values behind a label: where each begins and ends, and what is written around it that is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import Field
from remnant.understand.addresses import ADDRESS
from remnant.understand.draft import Line
from remnant.understand.labels import TAG_LEFT_IN

TRIM = " \t\r\n\f\v\xa0*_|~;"
_TAGS_LEFT_IN = re.compile(rf"^(?:\s*{TAG_LEFT_IN})+|(?:{TAG_LEFT_IN}\s*)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of the text of one line."""

    line: int
    start: int
    end: int


_LISTS = frozenset(
    {
        Field.FANDOM,
        Field.CHARACTER,
        Field.RELATIONSHIP,
        Field.GENRE,
        Field.TAG,
        Field.CATEGORY,
        Field.BETA,
        Field.AUTHOR,
    }
)
_COMMA = re.compile(r"\s*[,;|]\s*(?!\s*(?:the|a|an|jr|sr|and|or|\d+)\b)(?![^()\[\]]*[)\]])", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*[;|]\s*")
_GENRES = re.compile(r"\s*(?:[,;|]|/(?!comfort))\s*", re.IGNORECASE)


def values_of(field: Field, value: tuple[Stretch, ...], lines: tuple[Line, ...]) -> Iterator[tuple[Stretch, ...]]:
    """The stretches of each value: lists are cut at their commas, the rest stay whole."""
    if field not in _LISTS:
        whole = tuple(filter(None, (_trimmed(field, s, lines) for s in value)))
        if whole:
            yield _exactly(field, whole, lines)
        return
    for stretch in value:
        for piece in _cut(field, stretch, lines[stretch.line].text):
            if trimmed := _trimmed(field, piece, lines):
                yield _exactly(field, (trimmed,), lines)


def _cut(field: Field, stretch: Stretch, text: str) -> Iterator[Stretch]:
    separator = _separator(field, text[stretch.start : stretch.end])
    at = stretch.start
    for match in separator.finditer(text, stretch.start, stretch.end):
        yield Stretch(stretch.line, at, match.start())
        at = match.end()
    yield Stretch(stretch.line, at, stretch.end)


def _separator(field: Field, text: str) -> re.Pattern[str]:
    if field is Field.GENRE:
        return _GENRES
    longest = max((len(part.split()) for part in _COMMA.split(text)), default=0)
    return _COMMA if longest <= 8 else _SEMICOLON


_OPENING = "\"“”„«‘'"
_MARKDOWN_LINK = re.compile(r"\[(?P<text>[^\[\]]+)\]\([^()\s]*\)")
_PART_OF_TITLE = re.compile(
    r"\s*[\[(]\s*(?:\d{1,3}\s*/\s*[\d?]{1,3}|part \w+|chapter \w+|wip|complete)\s*[\])]\s*$", re.IGNORECASE
)
_CONTACT = re.compile(r"\s*[\[(<,–—-]*\s*(?:(?:mailto:)?" + ADDRESS.pattern + r"|https?://).*$", re.IGNORECASE)
_OF_A_JOURNAL = re.compile(r"<lj user=[\"']?(?P<text>[\w-]+)[\"']?>?|\[info\](?P<info>[\w-]+)")


def _exactly(field: Field, value: tuple[Stretch, ...], lines: tuple[Line, ...]) -> tuple[Stretch, ...]:
    """The value without what is written around it: quotation marks, addresses, (1/3)."""
    if len(value) > 1 or field not in (Field.TITLE, Field.AUTHOR, Field.BETA):
        return value
    only = value[0]
    start, end = only.start, only.end
    text = lines[only.line].text
    if link := _MARKDOWN_LINK.match(text, start, end):
        start, end = link.span("text")
    elif user := _OF_A_JOURNAL.search(text, start, end):
        start, end = user.span("text" if user["text"] else "info")
    for pattern in (_PART_OF_TITLE,) if field is Field.TITLE else (_CONTACT,):
        if match := pattern.search(text, start, end):
            end = match.start()
    if field is Field.TITLE and end - start > 2 and text[start] in _OPENING and text[end - 1] in _OPENING + "”’»":
        start, end = start + 1, end - 1
    return (Stretch(only.line, start, end),)


_SECOND_SIGN = re.compile(r"\s?[:>]+\s+(?=\w)")
_OF_A_SITE = {
    Field.RATING: re.compile(r"(?<!\s)\s+-\s+(?=[A-Z][a-z]+(?:/[A-Z][a-z]+)*(?:\s+-\s|$))"),
    Field.STATUS: re.compile(r"(?<!\s)\s+-\s+id\b"),
}
"""What a site's line of facts goes on with, copied as text: "Rated: T - English - Drama - Words: 900"."""


def _trimmed(field: Field, stretch: Stretch, lines: tuple[Line, ...]) -> Stretch | None:
    text = lines[stretch.line].text[stretch.start : stretch.end]
    if doubled := _SECOND_SIGN.match(text):
        stretch, text = Stretch(stretch.line, stretch.start + doubled.end(), stretch.end), text[doubled.end() :]
    inner = _TAGS_LEFT_IN.sub("", text.strip(TRIM)).strip(TRIM) if "[" in text or "<" in text else text.strip(TRIM)
    start = stretch.start + text.index(inner)
    if field is not Field.SUMMARY:
        inner = inner.rstrip(TRIM + "-–—•·,")
    if field is Field.RATING and inner.startswith("Fiction "):
        start, inner = start + len("Fiction "), inner[len("Fiction ") :]
    if field in _OF_A_SITE and (cut := _OF_A_SITE[field].search(inner)):
        inner = inner[: cut.start()]
    if inner.endswith(("]", ")")) and inner.count("]") + inner.count(")") > inner.count("[") + inner.count("("):
        inner = inner[:-1].rstrip(TRIM)
    if inner.endswith(".") and field in _LISTS and not re.search(r"\b\w\.$", inner):
        inner = inner[:-1]
    return Stretch(stretch.line, start, start + len(inner)) if inner else None
