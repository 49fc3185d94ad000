"""Comments under a journal's entry: readers', the poster's answers, and a story that was too long for its entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from remnant.model import Role
from remnant.understand.dialects.places import links_of
from remnant.understand.draft import Line
from remnant.understand.sheet import Sheet

_ONE = re.compile(r"^(?:t|cmt|ljcmt)\d+$")
_TEXTS = frozenset({".b-leaf-article", ".comment-content", ".comment-body", ".comment-text"})
HOSTS = re.compile(
    r"^(?:https?:)?//(?P<user>[\w-]+)\.(?:livejournal|dreamwidth|insanejournal|deadjournal|journalfen)\.(?:com|org"
    r"|net)/"
    r"|^(?:https?:)?//(?:www\.)?(?:livejournal|dreamwidth|insanejournal|deadjournal|journalfen)\.(?:com|org"
    r"|net)/(?:users|community|~)/?(?P<name>[\w-]+)/"
)
"""Addresses of somebody's journal."""

MUCH = 800
"""Characters of a comment by the poster that go on with the story: nobody says thanks at such length."""


def commented(sheet: Sheet, poster: str) -> Mapping[int, Role]:
    """Roles of what the poster wrote below: long, it is story; short, a note. Readers' words are furniture."""
    roles: dict[int, Role] = {}
    for lines in _comments(sheet):
        if not poster or _name(sheet, lines) != _folded(poster):
            continue
        told = [index for index in lines if sheet.lines[index].within_any(_TEXTS)]
        length = sum(len(sheet.texts[index]) for index in told)
        roles |= dict.fromkeys(told, Role.STORY if length >= MUCH else Role.NOTE)
    return roles


def _comments(sheet: Sheet) -> Iterator[list[int]]:
    """The lines of each comment: those inside the innermost element that bears a comment's number."""
    found: dict[str, list[int]] = {}
    for index, line in enumerate(sheet.lines):
        if (name := _number(line)) is not None:
            found.setdefault(name, []).append(index)
    yield from found.values()


def _number(line: Line) -> str | None:
    return next((one.id for one in reversed(line.inside) if one.id is not None and _ONE.match(one.id)), None)


def _name(sheet: Sheet, lines: list[int]) -> str:
    """Who wrote a comment: the first journal that its head links to."""
    for index in lines:
        line = sheet.lines[index]
        if not line.within_any(_TEXTS):
            named = [line.text[slice(*stretch)].strip() for href, stretch in links_of(line) if HOSTS.match(href)]
            if found := next((name for name in named if name and not name.startswith("[")), ""):
                return _folded(found)
    return ""


def _folded(name: str) -> str:
    return name.lower().replace("-", "_")
