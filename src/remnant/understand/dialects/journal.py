"""LiveJournal, Dreamwidth and their kin: an entry's page saved from a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import links_of
from remnant.understand.draft import Line
from remnant.understand.normal import date
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect journal")

_BODIES = (".b-singlepost-body", ".aentry-post__text", ".entry-content", ".entrytext", ".entry_text", ".contents")
_NOT_BODY = (".currents", ".entry-management-links", ".inner", ".restrictions", ".entry-title", ".b-singlepost-tags")
_HOSTS = re.compile(
    r"^(?:https?:)?//(?P<user>[\w-]+)\.(?:livejournal|dreamwidth|insanejournal|deadjournal|journalfen)\.(?:com|org"
    r"|net)/"
    r"|^(?:https?:)?//(?:www\.)?(?:livejournal|dreamwidth|insanejournal|deadjournal|journalfen)\.(?:com|org"
    r"|net)/(?:users|community|~)/?(?P<name>[\w-]+)/"
)
_ADDRESSES = frozenset({"link:canonical", "meta:og:url", "og:url"})


def knows(sheet: Sheet) -> bool:
    """A page of a journal's host, with an entry's body in it."""
    hosted = any(fact.name in _ADDRESSES and _HOSTS.match(fact.value) for fact in sheet.draft.facts)
    return hosted and any(_in_body(line) for line in sheet.lines)


def _in_body(line: Line) -> bool:
    return any(line.within(body) for body in _BODIES) and not any(line.within(other) for other in _NOT_BODY)


def say(sheet: Sheet) -> Said:
    """The entry's body is left to the rules; its subject and poster are guesses, since the body may say better."""
    roles: dict[int, Role] = {}
    remarks: list[Remark] = []
    for index, line in enumerate(sheet.lines):
        if _in_body(line):
            continue
        roles[index] = _role(line)
        remarks += _said(index, line, sheet.texts[index], roles[index])
    for fact in sheet.draft.facts:
        if fact.name == "link:canonical":
            remarks.append(Remark(Field.SOURCE_URL, fact.value, Confidence.STATED, (fact.region,), 0))
    return Said(roles, tuple(remarks))


def _role(line: Line) -> Role:
    if line.within(".entry-title") or line.within(".b-singlepost-title") or line.within(".aentry-post__title"):
        return Role.TITLE
    if line.within(".b-singlepost-author-info") or line.within(".aentry-head__username") or line.within(".poster"):
        return Role.BYLINE
    return Role.CHROME


_WRAPPING = re.compile(
    r"^\s*(?:(?:fan)?fic(?:tion|let)?|fanfic|story|drabble|new fic|part \d+)\s*[:\-–—]\s*"
    r"|\s*[(\[][^()\[\]]*[)\]]\s*$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b")


def _said(index: int, line: Line, text: str, role: Role) -> Iterator[Remark]:
    if role is Role.TITLE and text and line.kind is BlockKind.HEADING:
        start, end = _without_wrapping(line.text)
        yield Remark(Field.TITLE, line.text[start:end], Confidence.GUESSED, places(line, start, end), index)
    elif role is Role.BYLINE:
        for href, (start, end) in links_of(line)[:1]:
            if _HOSTS.match(href):
                name = line.text[start:end].strip()
                yield Remark(Field.AUTHOR, name, Confidence.GUESSED, places(line, start, end), index)
        if found := _DATE.search(line.text):
            evidence = places(line, *found.span())
            yield Remark(Field.PUBLISHED, found[0], Confidence.LIKELY, evidence, index, *date(found[0]))


def _without_wrapping(text: str) -> tuple[int, int]:
    """A subject without "FIC:" before it and "(pairing, rating)" after it."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    for found in _WRAPPING.finditer(text):
        if found.start() <= start < found.end() < end:
            start = found.end()
        elif found.end() >= end > found.start() > start:
            end = found.start()
    return start, end


DIALECT = Dialect("journal", RULE, knows, say)
