"""The head of a thread on a XenForo board: its title, who began it, when, and its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Field, Role
from remnant.understand.dialects.places import links_of, stated
from remnant.understand.draft import Line
from remnant.understand.sheet import Remark, Sheet

_PREFIX = re.compile(r"[?&]prefix_id", re.IGNORECASE)
_LABELS = re.compile(r"\s*(?P<label>Thread starter|Start date|Tags)\s+", re.IGNORECASE)
_STARTED = re.compile(r"\bstarted by\b", re.IGNORECASE)
_TAGS = re.compile(r"(?:^|/)tags/", re.IGNORECASE)


def headed(sheet: Sheet, roles: dict[int, Role], remarks: list[Remark]) -> str:
    """Give the head its roles and claims; who began the thread, as far as it says so."""
    author = ""
    for index, line in enumerate(sheet.lines):
        if line.within(".p-title-value") or (line.within(".titleBar") and line.within("h1")):
            roles[index] = Role.TITLE
            remarks += _titled(index, line)
        elif line.within(".p-description") and (found := _LABELS.match(line.text)):
            roles[index] = Role.HEADER
            author = _starter(line, found) or author
            remarks += _described(index, line, found)
        elif line.within("#pageDescription") and _STARTED.search(line.text):
            roles[index] = Role.HEADER
            author, told = _discussed(index, line)
            remarks += told
        elif line.within(".tagList"):
            roles[index] = Role.HEADER
            remarks += _tagged(index, line)
    return author


def _titled(index: int, line: Line) -> Iterator[Remark]:
    """A prefix is a link, or stands before a space that does not break."""
    prefixes = [stretch for href, stretch in links_of(line) if _PREFIX.search(href)]
    start = max((end for _, end in prefixes), default=0)
    if not prefixes and "\xa0" in line.text:
        start = line.text.rindex("\xa0") + 1
        prefixes = [(0, start)]
    for prefix in prefixes:
        yield from stated(Field.TAG, index, line, prefix)
    yield from stated(Field.TITLE, index, line, (start, len(line.text)))


def _starter(line: Line, found: re.Match[str]) -> str:
    return line.text[found.end() :].strip() if found["label"].lower() == "thread starter" else ""


def _described(index: int, line: Line, found: re.Match[str]) -> Iterator[Remark]:
    label, rest = found["label"].lower(), (found.end(), len(line.text))
    if label == "thread starter":
        yield from stated(Field.AUTHOR, index, line, rest)
    elif label == "start date":
        yield from stated(Field.PUBLISHED, index, line, rest)
    else:
        yield from _tagged(index, line)


def _discussed(index: int, line: Line) -> tuple[str, list[Remark]]:
    """The first version's sentence: "Discussion in 'Stories' started by NAME, DAY."."""
    author = ""
    told: list[Remark] = []
    for href, stretch in links_of(line):
        if "members/" in href and not author:
            author = line.text[slice(*stretch)].strip()
            told += stated(Field.AUTHOR, index, line, stretch)
        elif "threads/" in href:
            told += stated(Field.PUBLISHED, index, line, stretch)
    return author, told


def _tagged(index: int, line: Line) -> Iterator[Remark]:
    for href, stretch in links_of(line):
        if _TAGS.search(href):
            yield from stated(Field.TAG, index, line, stretch)
