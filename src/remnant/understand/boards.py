"""Pages of a board without a known maker: who posts, since when and how often is furniture; so are readers' posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("boards")

_SIGN = re.compile(
    r"(?:^|[\n.;|·•,]\s*|\s{2,})"
    r"(joined|join date|posts|location|member since|registered|reputation|posted|post subject)\b\s?:?\s*(?=\S|$)",
    re.IGNORECASE,
)
_LONGEST = 160
"""Characters of a line that says such things of whoever posts."""
_NAME = re.compile(r"[^\W_][\w.'’ -]{0,29}")
_ABOVE = 2
"""Lines of a name and a rank."""
_UNDER_A_RULE = re.compile(r"_{10,}")
_SIGNED = 200
"""Characters of a signature."""


@dataclass(frozen=True, slots=True)
class _Post:
    """One post: the lines that say whose it is, and where its own begin and end."""

    name: str | None
    named: int
    first: int
    begins: int
    ends: int


def say(sheet: Sheet) -> Said:
    """Furniture around posts; posts of others that are much shorter than the first's; whose the first one is."""
    if sheet.dialect is not None:
        return Said()
    posts = list(_posts(sheet))
    if not posts:
        return Said()
    roles = {at: Role.CHROME for post in posts for at in range(post.first, post.begins) if sheet.texts[at]}
    for post in posts:
        roles |= dict.fromkeys(_signature(sheet, post), Role.CHROME)
    for post in _of_readers(sheet, posts):
        roles |= {at: Role.CHROME for at in range(post.begins, post.ends) if sheet.texts[at]}
    return Said(roles=roles, remarks=tuple(_starter(sheet, posts)))


def _posts(sheet: Sheet) -> Iterator[_Post]:
    """Stretches of lines with two such signs at least, the name over each, and what stands below until the next."""
    heads = [(_first(sheet, start), start, end) for start, end in _clusters(sheet)]
    bounds = [*(first for first, _, _ in heads), len(sheet.lines)][1:]
    for (first, start, end), until in zip(heads, bounds, strict=False):
        name = sheet.texts[first].split("\n")[0].strip() if first < start else None
        yield _Post(name, first, first, end, until)


def _clusters(sheet: Sheet) -> Iterator[tuple[int, int]]:
    signs = [(at, len(_SIGN.findall(text))) for at, text in enumerate(sheet.texts) if text and len(text) <= _LONGEST]
    told = dict(signs)
    at = 0
    while at < len(sheet.texts):
        end, count = at, 0
        while end < len(sheet.texts) and (told.get(end) or (count and not sheet.texts[end])):
            count += told.get(end, 0)
            end += 1
        if count >= 2:
            yield at, end
        at = max(end, at + 1)


def _first(sheet: Sheet, start: int) -> int:
    """The line of the name over a stretch: it, and perhaps a rank, are a few words without a stop."""
    found, seen = start, 0
    for at in range(start - 1, -1, -1):
        if not sheet.texts[at]:
            continue
        if seen == _ABOVE or not all(
            _NAME.fullmatch(row.strip()) for row in sheet.texts[at].split("\n") if row.strip()
        ):
            break
        found, seen = at, seen + 1
        if sheet.lines[at].kind is BlockKind.HEADING or "\n" in sheet.texts[at]:
            break
    return found


def _signature(sheet: Sheet, post: _Post) -> range:
    for at in range(post.begins, post.ends):
        if _UNDER_A_RULE.fullmatch(sheet.texts[at].split("\n")[0].strip()):
            if sum(len(text) for text in sheet.texts[at : post.ends]) <= _SIGNED:
                return range(at, post.ends)
            return range(0)
    return range(0)


def _of_readers(sheet: Sheet, posts: list[_Post]) -> Iterator[_Post]:
    """Posts of others than the first, of at most two thirds of the longest of that one's."""
    if posts[0].name is None:
        return
    starter = posts[0].name.casefold()
    longest = max(_length(sheet, post) for post in posts if _is_of(post, starter))
    yield from (post for post in posts if not _is_of(post, starter) and 3 * _length(sheet, post) <= 2 * longest)


def _is_of(post: _Post, name: str) -> bool:
    return post.name is not None and post.name.casefold() == name


def _length(sheet: Sheet, post: _Post) -> int:
    return sum(len(sheet.texts[at]) for at in range(post.begins, post.ends))


def _starter(sheet: Sheet, posts: list[_Post]) -> Iterator[Remark]:
    """Who posts first on a page of several posts has, one may guess, written what is posted."""
    if posts[0].name is None or len(posts) < 2:
        return
    line = sheet.lines[posts[0].named]
    start = line.text.index(posts[0].name)
    where = places(line, start, start + len(posts[0].name))
    yield Remark(Field.AUTHOR, posts[0].name, Confidence.GUESSED, where, posts[0].named)
