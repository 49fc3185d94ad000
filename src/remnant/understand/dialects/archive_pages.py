"""Pages of the two largest archives that hold no work: notices, refusals, lists, profiles.

What they say of works is said of others than themselves, so none of it is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import PieceKind, Region, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.findings import finding
from remnant.understand.places import whole
from remnant.understand.sheet import Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect archive pages")


@dataclass(frozen=True, slots=True)
class _Site:
    """How an archive's pages are known, and what its pages without a work are, by words or by where those stand."""

    name: str
    title: re.Pattern[str]
    frames: frozenset[str]
    words: tuple[tuple[re.Pattern[str], str], ...]
    places: tuple[tuple[str, str], ...]


def _said(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SITES = (
    _Site(
        "Archive of Our Own",
        _said(r"(?:\||\[)\s*Archive of Our Own\]?\s*$"),
        frozenset({"#main"}),
        (
            (
                _said(r"could have adult content|potentially has adult content"),
                "asks first whether to show adult content",
            ),
            (_said(r"only available to registered users"), "shows its work to members only"),
            (_said(r"ongoing challenge and will be revealed|has been hidden by"), "hides its work"),
            (_said(r"couldn['’]t find the (?:work|chapter|page)|error 404|404 error"), "knows no such work"),
        ),
        ((".blurb", "lists works"), (".home", "is somebody's profile")),
    ),
    _Site(
        "fanfiction.net",
        _said(r"(?:^|\|)\s*FanFiction(?:\.Net)?\s*$"),
        frozenset({"#content_wrapper", "#content_wrapper_inner"}),
        (
            (_said(r"story not found|unable to locate story"), "knows no such story"),
            (_said(r"chapter (?:text )?not found|does not have any chapters"), "knows no such chapter"),
            (_said(r"category for this story has been disabled"), "no longer shows stories of this fandom"),
        ),
        (
            ("#content_wrapper_profile", "is somebody's profile"),
            ("#bio", "is somebody's profile"),
            (".z-list", "lists stories"),
        ),
    ),
)


def knows(sheet: Sheet) -> bool:
    """A page by its title and frame, that no dialect for works has known."""
    return _site_of(sheet) is not None


def _site_of(sheet: Sheet) -> _Site | None:
    titles = [" ".join(fact.value.split()) for fact in sheet.draft.facts if fact.name == "html:title"]
    for site in _SITES:
        if any(map(site.title.search, titles)) and any(line.within_any(site.frames) for line in sheet.lines):
            return site
    return None


def say(sheet: Sheet) -> Said:
    site = _site_of(sheet)
    roles = dict.fromkeys(range(len(sheet.lines)), Role.CHROME)
    if site is None:
        return Said(roles, kind=PieceKind.OTHER)
    why, where = next(_reasons(site, sheet), ("holds no story", ()))
    found = finding("R003", *where, why=f"this page of {site.name} {why}")
    return Said(roles, findings=(found,), kind=PieceKind.OTHER)


def _reasons(site: _Site, sheet: Sheet) -> Iterator[tuple[str, tuple[Region, ...]]]:
    for pattern, why in site.words:
        for line, text in zip(sheet.lines, sheet.texts, strict=True):
            if len(text) <= _LONGEST and line.within_any(site.frames) and pattern.search(text):
                yield why, whole(line)
    for place, why in site.places:
        if any(line.within(place) for line in sheet.lines):
            yield why, ()


_LONGEST = 600
"""Characters of a line that says why: a story in which somebody says so is longer."""


DIALECT = Dialect("archive page", RULE, knows, say)
