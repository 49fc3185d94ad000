"""What stands before a story or a chapter: titles, labelled fields, warnings, notes; and so where the story starts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from remnant.model import Confidence, Field, Finding, Role
from remnant.understand.between import BETWEEN_NOTES, goes_on
from remnant.understand.chatter import IN_BRACKETS, chat_before
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.head_lines import OF_THE_WORK, Head, continues, takes
from remnant.understand.head_notes import is_cued
from remnant.understand.header import Entry, is_blank, remarks_of
from remnant.understand.names import named_lines, titled_late
from remnant.understand.places import whole
from remnant.understand.register import (
    Voice,
    is_dialogue,
    run_of,
    shifts,
    voice_of,
)
from remnant.understand.scenes import usual_gap
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("opening")

LONGEST_HEAD = 400
"""Lines after which no head goes on, whatever they look like."""
LOOK_AHEAD = 10
"""Lines past which no header follows a stretch of prose."""

PROSE = 2500
"""Characters of prose past which the story has begun, whatever follows."""


def say(sheet: Sheet) -> Said:
    """Read the head of the file and of every chapter."""
    roles: dict[int, Role] = {}
    remarks: list[Remark] = []
    findings: list[Finding] = []
    for number, (start, end) in enumerate(sheet.chapters()):
        walk = _walk(sheet, start, end, at_top=number == 0)
        _last_of_the_head(sheet, walk, start, end, at_top=number == 0)
        _give_back_all(sheet, walk, start, end)
        roles |= walk.roles
        remarks += walk.remarks
        remarks += [remark for entry in walk.entries for remark in remarks_of(entry, sheet.lines)]
        findings += [_left_blank(entry, sheet.lines) for entry in walk.entries if is_blank(entry, sheet.lines)]
    return Said(roles=roles, remarks=tuple(remarks), findings=tuple(findings))


def _left_blank(entry: Entry, lines: tuple[Line, ...]) -> Finding:
    where = whole(lines[entry.value[0].line])
    return finding("R002", *where, label=entry.label.name)


def _walk(sheet: Sheet, start: int, end: int, *, at_top: bool) -> Head:
    walk = Head()
    if at_top:
        _name(sheet, walk, start)
    waiting: list[int] = []
    for index in range(start, end):
        if index - start > LONGEST_HEAD or _is_past(sheet, waiting):
            return walk
        if continues(sheet, walk, index, waiting):
            continue
        if not _known(sheet, walk, index) and not takes(sheet, walk, index, begun=bool(waiting)):
            waiting.append(index)
        elif not goes_on(sheet, walk, waiting, walk.roles.get(index) or sheet.roles[index], end):
            return walk
    _before_a_chapter(sheet, walk, waiting, end)
    return walk


def _give_back_all(sheet: Sheet, walk: Head, start: int, end: int) -> None:
    """Where a head would leave nothing to tell, whoever is heard below its fields is the teller of the story."""
    named = {entry.label.field for entry in walk.entries if entry.label.strong} & OF_THE_WORK
    if len(named) < 2 or any(_is_left(sheet, walk, at) for at in range(start, end)):
        return
    below = walk.entries[-1].value[-1].line
    heard = [at for at, role in walk.roles.items() if at > below and role is Role.NOTE and not is_cued(sheet.texts[at])]
    if len(heard) >= _TELLING:
        walk.roles = {at: role for at, role in walk.roles.items() if at < min(heard)}
        walk.remarks = [remark for remark in walk.remarks if remark.line < min(heard)]


def _is_left(sheet: Sheet, walk: Head, index: int) -> bool:
    return bool(sheet.texts[index]) and sheet.roles[index] is None and index not in walk.roles


_TELLING = 3
"""Lines of a story that only its teller's voice was heard in."""
_HEARD = 40
"""Lines of the story below a head, from which one hears who tells it."""


def _last_of_the_head(sheet: Sheet, walk: Head, start: int, end: int, *, at_top: bool) -> None:
    """What still stands between the head and the story: more of a note, the title, perhaps again."""
    open_lines = (
        at for at in range(start, end) if sheet.roles[at] is None and at not in walk.roles and sheet.texts[at]
    )
    told = list(islice(open_lines, _HEARD))
    if at_top and sheet.dialect is None:
        chat = chat_before(sheet, told, headed=bool(walk.roles))
        walk.roles |= dict.fromkeys(chat, Role.NOTE)
        del told[: len(chat)]
    if told and min(walk.roles, default=end) < told[0]:
        while len(told) > 3 and (_stands_apart(sheet, told) or (walk.in_note and _goes_on_talking(sheet, told))):
            walk.roles[told.pop(0)] = Role.NOTE
        if sheet.dialect is None and len(told) > 1:
            _name_late(sheet, walk, told)


def _stands_apart(sheet: Sheet, told: list[int]) -> bool:
    """A few words of the author's, in brackets or with a wider gap below them than the story has."""
    text = sheet.texts[told[0]]
    if len(text) > BETWEEN_NOTES or is_dialogue(text) or voice_of(text) is Voice.NONE:
        return False
    wide = sheet.lines[told[1]].gap > max(sheet.lines[told[0]].gap, usual_gap(sheet.lines))
    return wide or bool(IN_BRACKETS.match(text))


def _goes_on_talking(sheet: Sheet, told: list[int]) -> bool:
    """After a note, one who says "you" or "I" of whom the story never hears again."""
    text = sheet.texts[told[0]]
    return (
        voice_of(text) is not Voice.NONE and len(text) <= PROSE and shifts(text, [sheet.texts[at] for at in told[1:]])
    )


def _name_late(sheet: Sheet, walk: Head, told: list[int]) -> None:
    """A title that stands under the notes, or once more under the fields that named it."""
    known = {remark.value.casefold() for remark in _titles(sheet, walk)}
    text = sheet.texts[told[0]].strip('*_~-=# "“”').casefold()
    if text and text in known:
        walk.roles[told[0]] = Role.TITLE
    elif not known:
        named = titled_late(sheet, told)
        walk.roles |= named.roles
        walk.remarks += named.remarks


def _titles(sheet: Sheet, walk: Head) -> Iterator[Remark]:
    told = (remark for entry in walk.entries for remark in remarks_of(entry, sheet.lines))
    heard = (testimony.remark for testimony in sheet.testimony)
    return (
        remark
        for remark in (*walk.remarks, *told, *heard)
        if remark.field is Field.TITLE and remark.confidence is not Confidence.GUESSED
    )


def _is_past(sheet: Sheet, waiting: list[int]) -> bool:
    return len(waiting) > LOOK_AHEAD or sum(len(sheet.texts[index]) for index in waiting) > PROSE


def _known(sheet: Sheet, walk: Head, index: int) -> bool:
    return sheet.roles[index] is not None or index in walk.roles or not sheet.texts[index]


def _name(sheet: Sheet, walk: Head, start: int) -> None:
    """Title and byline, where they stand unlabelled at the very top."""
    if sheet.dialect is not None:
        return
    named = named_lines(sheet, start)
    walk.roles |= named.roles
    walk.remarks += named.remarks


def _before_a_chapter(sheet: Sheet, walk: Head, waiting: list[int], end: int) -> None:
    """Between the head and the first chapter's heading the author may speak without any label."""
    if waiting and end in sheet.headings and run_of(sheet.texts[index] for index in waiting).is_authors:
        walk.roles |= dict.fromkeys(waiting, Role.NOTE)
