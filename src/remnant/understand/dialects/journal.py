"""LiveJournal, Dreamwidth and their kin: an entry's page saved from a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from remnant.model import BlockKind, Confidence, Field, Finding, PieceKind, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.journal_comments import HOSTS, commented
from remnant.understand.dialects.journal_subject import of_subject
from remnant.understand.dialects.places import links_of, other, stated
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.header import entries_of
from remnant.understand.normal import date
from remnant.understand.places import places, whole
from remnant.understand.register import Voice, is_dialogue, voice_of
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.songs import song_remarks
from remnant.understand.versions import rule_named

RULE = rule_named("dialect journal")

_BODIES = frozenset({".b-singlepost-body", ".aentry-post__text", ".entry-content", ".entrytext", ".entry_text"})
_LOOSE = ".contents"
"""In styles that name no body, what is left of it when its own furniture is taken away."""
_NOT_BODY = frozenset(
    {".currents", ".metadata", ".entry-management-links", ".header", ".restrictions", ".entry-title"}
    | {".b-singlepost-tags", ".ljtags", ".aentry-tags", ".poster", ".userpic", ".tag", ".footer"}
)
_COMMENTS = frozenset({"#comments", ".b-comments", ".b-tree", ".b-leaf", ".comment", ".comment-wrapper", "#Comments"})
_TITLES = frozenset({".entry-title", ".b-singlepost-title", ".aentry-post__title"})
_POSTERS = frozenset(
    {"#poster", ".b-singlepost-author-info", ".b-singlepost-author", ".aentry-head__username", ".poster"}
)
_POSTER = "#poster"
_TAGS = frozenset({".tag", ".ljtags", ".b-singlepost-tags", ".aentry-tags", ".aentry-post__tags"})
_META = frozenset({".currents", ".metadata", ".b-singlepost-meta", ".bottom-metadata", ".entry-metadata"})
_ADDRESSES = frozenset({"link:canonical", "meta:og:url", "og:url"})


def knows(sheet: Sheet) -> bool:
    """A page of a journal's host, with an entry's body in it."""
    hosted = any(fact.name in _ADDRESSES and HOSTS.match(fact.value) for fact in sheet.draft.facts)
    return hosted and bool(_body(sheet))


_REPLY = re.compile(r"\W*(?:post a new comment|leave a comment|read \d+ comments?|reply)\b", re.IGNORECASE)


def _body(sheet: Sheet) -> list[int]:
    """The lines of the entry. The light style names nothing: there it is what stands between tables and comments."""
    body = [index for index, line in enumerate(sheet.lines) if _in_body(line)]
    light = [index for index, line in enumerate(sheet.lines) if line.within(_POSTER)]
    if body or not light:
        return body
    for index in range(light[-1] + 1, len(sheet.lines)):
        line = sheet.lines[index]
        if line.within_any(_COMMENTS) or _REPLY.match(sheet.texts[index]):
            break
        if not line.within("table") and not line.within_any(_META):
            body.append(index)
    return body


def _in_body(line: Line) -> bool:
    if line.within_any(_COMMENTS):
        return False
    return line.within_any(_BODIES) or (line.within(_LOOSE) and not line.within_any(_NOT_BODY))


@dataclass(slots=True)
class _Entry:
    """What was made of the lines around the body so far."""

    roles: dict[int, Role] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    label: str = ""
    poster: str = ""


def say(sheet: Sheet) -> Said:
    """The entry's body is left to the rules; its subject and poster are guesses, since the body may say better."""
    entry = _Entry()
    body = _body(sheet)
    entry.remarks += _headed(entry, sheet, body)
    told = set(body)
    for index, line in enumerate(sheet.lines):
        if index not in told:
            entry.roles[index] = Role.CHROME
            if not line.within_any(_COMMENTS):
                entry.remarks += _said(entry, index, line, sheet.texts[index])
    for index, role in commented(sheet, entry.poster).items():
        entry.roles[index] = role
    entry.roles = {index: role for index, role in entry.roles.items() if role is not Role.STORY}
    entry.roles |= dict.fromkeys(_around_the_cut(sheet, body), Role.NOTE)
    entry.remarks += [*_counted(sheet, told), *_addressed(sheet)]
    kind, findings = _closed(sheet, entry, body)
    return Said(entry.roles, tuple(entry.remarks), findings=findings, kind=kind)


def _headed(entry: _Entry, sheet: Sheet, body: list[int]) -> Iterator[Remark]:
    """In the light style the subject is the body's first line, in bold, as the page's title says behind a name."""
    first = next((index for index in body if sheet.texts[index]), None)
    if first is None or not any(line.within(_POSTER) for line in sheet.lines):
        return
    named = next((fact.value for fact in sheet.draft.facts if fact.name == "html:title"), "")
    if named.endswith(sheet.texts[first]) and len(named) > len(sheet.texts[first]):
        entry.roles[first] = Role.TITLE
        yield from of_subject(first, sheet.lines[first])


def _said(entry: _Entry, index: int, line: Line, text: str) -> Iterator[Remark]:
    if line.within_any(_TITLES) and line.kind is BlockKind.HEADING and text:
        entry.roles[index] = Role.TITLE
        yield from of_subject(index, line)
    elif line.within_any(_POSTERS) and text:
        entry.roles[index] = Role.BYLINE
        yield from _posted(entry, index, line)
    elif line.within_any(_TAGS) or text.lower().startswith(("tags:", "entry tags:")) or _lists_tags(line):
        yield from _tagged(entry, index, line)
    elif line.within_any(_META) or text.lower().startswith("current "):
        yield from _current(entry, index, line, text)
    if "date" not in entry.said and (line.within(".datetime") or line.within("time") or line.within_any(_POSTERS)):
        yield from _dated(entry, index, line)


_DATE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b"
)


def _dated(entry: _Entry, index: int, line: Line) -> Iterator[Remark]:
    if found := _DATE.search(line.text):
        entry.said.add("date")
        if entry.roles[index] is Role.CHROME:
            entry.roles[index] = Role.HEADER
        evidence = places(line, *found.span())
        yield Remark(Field.PUBLISHED, found[0], Confidence.LIKELY, evidence, index, *date(found[0]))


_IN = re.compile(r"\b(?:wrote|posting|posts?|posted) (?:in|to)\b", re.IGNORECASE)


def _posted(entry: _Entry, index: int, line: Line) -> Iterator[Remark]:
    """Who posts is a guess at the author; in a community the second name is the community's."""
    named = [stretch for href, stretch in links_of(line) if HOSTS.match(href)]
    said = [(line.text[slice(*stretch)].strip(), stretch) for stretch in named]
    said = [(name, stretch) for name, stretch in said if not name.startswith("[")]
    if not said or entry.poster:
        return
    entry.poster, (start, end) = said[0]
    yield Remark(Field.AUTHOR, entry.poster, Confidence.GUESSED, places(line, start, end), index)
    if len(said) > 1 and _IN.search(line.text, end, said[1][1][0]):
        yield from other("Community", index, line, said[1][1])


def _lists_tags(line: Line) -> bool:
    return line.within_any(_META) and any("/tag/" in href for href, _ in links_of(line))


def _tagged(entry: _Entry, index: int, line: Line) -> Iterator[Remark]:
    for href, stretch in links_of(line):
        if "/tag/" in href or "tag=" in href:
            entry.roles[index] = Role.HEADER
            yield from stated(Field.TAG, index, line, stretch)


_CURRENT = re.compile(r"\s*(?:Current\s+)?(?P<label>Mood|Music|Location)\s*:+\s*", re.IGNORECASE)


def _current(entry: _Entry, index: int, line: Line, text: str) -> Iterator[Remark]:
    """Mood, music and place of whoever posts, in one line with their labels or in cells of their own."""
    found = _CURRENT.match(line.text)
    label = found["label"].capitalize() if found else entry.label
    start = found.end() if found else 0
    entry.label = label if not line.text[start:].strip() else ""
    if label and line.text[start:].strip():
        entry.roles[index] = Role.HEADER
        if label == "Music":
            yield from song_remarks(index, line, start, len(line.text))
        else:
            yield from other(label, index, line, (start, len(line.text)))


_COUNT = re.compile(r"\s*(?:(?P<before>\d{1,5}) comments?|comments? ?\((?P<after>\d{1,5})\))\s*$", re.IGNORECASE)


def _counted(sheet: Sheet, body: set[int]) -> Iterator[Remark]:
    for index, line in enumerate(sheet.lines):
        if index not in body and (found := _COUNT.match(line.text)):
            yield from other("Comments", index, line, found.span("before" if found["before"] else "after"))
            return


def _addressed(sheet: Sheet) -> Iterator[Remark]:
    for fact in sheet.draft.facts:
        if fact.name == "link:canonical":
            yield Remark(Field.SOURCE_URL, fact.value, Confidence.STATED, (fact.region,), 0)


def _around_the_cut(sheet: Sheet, body: list[int]) -> Iterator[int]:
    """What its poster says above a cut, or below its end: a line that somebody speaks to readers in."""
    first = next((at for at, index in enumerate(body) if "cutid1" in sheet.lines[index].anchors), 0)
    last = next((at for at, index in enumerate(body) if "cutid1-end" in sheet.lines[index].anchors), len(body))
    for index in (*body[:first], *body[last + 1 :]):
        text = sheet.texts[index]
        spoken = bool(text) and voice_of(text) is not Voice.NONE and not is_dialogue(text)
        if spoken and not entries_of(index, sheet.lines[index]):
            yield index


_CUT = re.compile(r"#cutid\d", re.IGNORECASE)


def _closed(sheet: Sheet, entry: _Entry, body: list[int]) -> tuple[PieceKind | None, tuple[Finding, ...]]:
    """A link into the entry's own cut stands where its text was not shown: the story is not on this page."""
    cuts = []
    for index in body:
        line = sheet.lines[index]
        for href, stretch in links_of(line):
            if _CUT.search(href):
                cuts.append(index)
                entry.remarks += other("Cut", index, line, stretch)
    if not cuts:
        return None, ()
    entry.roles |= dict.fromkeys(cuts, Role.CHROME)
    lost = tuple(finding("R008", *whole(sheet.lines[index])) for index in cuts)
    told = [index for index in body if index not in cuts and not entries_of(index, sheet.lines[index])]
    if sum(len(sheet.texts[index]) for index in told) >= _LITTLE:
        return None, lost
    return PieceKind.OTHER, lost


_LITTLE = 300
"""Characters beside fields and cuts, below which nothing is told."""

DIALECT = Dialect("journal", RULE, knows, say)
