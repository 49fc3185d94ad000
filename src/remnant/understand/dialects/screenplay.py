"""Screenplays in the text form of XML-Grammar-Screenplay: scenes in `<s title="...">`, directions in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from remnant.model import Confidence, Field, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.draft import Line
from remnant.understand.places import places
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect screenplay")

_SCENE = re.compile(r"^\s*<s\s[^<>]*\btitle=\"(?P<title>[^\"<>]+)\"[^<>]*>\s*$")
_END = re.compile(r"^\s*(?:</s>|<!--.*-->)\s*$", re.DOTALL)
_MATTER = re.compile(
    r"^\W*(?:about\b.*|objective|licen[cs]e|(?:image )?credits|dedication|abstract|synopsis|acknowledge?ments)\W*$",
    re.IGNORECASE,
)
_SUMMED_UP = re.compile(r"^\W*(?:abstract|synopsis)\W*$", re.IGNORECASE)
_WRITTEN = re.compile(
    r"^\W*(?:<b>)?\W*(?:written by|author)\b[^\w<]*(?:</b>)?[\s:–-]*(?:<a\s[^<>]*>)?(?P<name>[^<>\[\]\n]*[\w)])",
    re.IGNORECASE,
)
_NOTED = re.compile(r"^\s*\[\W*(?:<b>)?\W*(?:note|tagline|introduction|date|title)\b", re.IGNORECASE)


def knows(sheet: Sheet) -> bool:
    """A text whose first line opens a titled scene."""
    first = next((text for text in sheet.texts if text), "")
    return sheet.plain and bool(_SCENE.match(first))


@dataclass(slots=True)
class _Stage:
    """The scenes that are open, outermost first, and what was made of the lines so far."""

    open: list[str] = field(default_factory=list)
    begun: bool = False
    roles: dict[int, Role] = field(default_factory=dict)
    headings: dict[int, Heading] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def say(sheet: Sheet) -> Said:
    """The outermost scene's title is the work's; scenes about the work, its licence and credits are no scenes."""
    stage = _Stage()
    for index, line in enumerate(sheet.lines):
        if found := _SCENE.match(line.text):
            _opened(stage, index, line, found)
        elif _END.match(line.text):
            stage.roles[index] = Role.CHROME
            if "</s>" in line.text and stage.open:
                stage.open.pop()
        else:
            _told(stage, index, line)
    return Said(stage.roles, tuple(stage.remarks), stage.headings)


def _opened(stage: _Stage, index: int, line: Line, found: re.Match[str]) -> None:
    title = found["title"]
    if not stage.open:
        evidence = places(line, *found.span("title"))
        stage.remarks.append(Remark(Field.TITLE, title, Confidence.STATED, evidence, index))
        stage.roles[index] = Role.TITLE
    elif _MATTER.match(title) or _in_matter(stage):
        stage.roles[index] = Role.CHROME
    else:
        stage.begun = True
        stage.roles[index] = Role.CHAPTER_HEADING
        stage.headings[index] = Heading(None, title)
    stage.open.append(title)


def _in_matter(stage: _Stage) -> bool:
    return any(_MATTER.match(title) for title in stage.open[1:])


def _told(stage: _Stage, index: int, line: Line) -> None:
    """Before the first scene, and in scenes about the work, the author speaks."""
    if stage.begun and not _in_matter(stage):
        return
    if not any(map(str.isalnum, line.text)):
        stage.roles[index] = Role.CHROME
    elif written := _WRITTEN.match(line.text):
        stage.roles[index] = Role.BYLINE
        stage.remarks += _author(index, line, written)
    elif _in_matter(stage) or _NOTED.match(line.text):
        summed_up = any(map(_SUMMED_UP.match, stage.open))
        stage.roles[index] = Role.SUMMARY if summed_up else Role.NOTE


def _author(index: int, line: Line, written: re.Match[str]) -> Iterator[Remark]:
    name = written["name"].strip(" .")
    start = written.start("name") + written["name"].index(name)
    if name and len(name) <= 60:
        evidence = places(line, start, start + len(name))
        yield Remark(Field.AUTHOR, name, Confidence.STATED, evidence, index)


DIALECT = Dialect("screenplay", RULE, knows, say, notes_apart=True)
