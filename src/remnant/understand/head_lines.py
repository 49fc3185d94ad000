"""What one line of a head says, by its own words and those beside it: a field, a warning, a note, more of the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from remnant.model import BlockKind, Confidence, Field, Mark, Role
from remnant.understand.cast import Cast, cast_of
from remnant.understand.disclaimers import disclaims
from remnant.understand.draft import Line
from remnant.understand.fact_items import is_facts
from remnant.understand.field_values import Stretch
from remnant.understand.head_notes import NOTE_CUE, is_cued, is_dedication, is_of_the_making, surely_said
from remnant.understand.header import (
    Entry,
    cell_of,
    continued,
    entries_of,
    is_foreign,
    remarks_of,
    unsigned_of,
)
from remnant.understand.headings import is_divider
from remnant.understand.notices import open_remarks
from remnant.understand.places import rows_of, whole
from remnant.understand.register import Voice, is_dialogue, is_surely_authors, says_i_or_you, voice_of
from remnant.understand.sheet import Remark, Sheet
from remnant.understand.unlabelled import facts_in, few_facts_in, lone_rating, pairing_in
from remnant.understand.worlds import is_a_world, worlds_in

OF_THE_WORK = frozenset(
    {Field.TITLE, Field.AUTHOR, Field.RATING, Field.WORDCOUNT, Field.PUBLISHED, Field.FANDOM, Field.SUMMARY}
)


@dataclass(slots=True)
class Head:
    """How far one head has been read."""

    roles: dict[int, Role] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    in_note: bool = False
    cast: Cast | None = None


def takes(sheet: Sheet, walk: Head, index: int, *, begun: bool) -> bool:
    """Whether a line belongs to the head by its own words; its role and what it says are noted."""
    line, text = sheet.lines[index], sheet.texts[index]
    if is_dialogue(text) and not _quoted_label(text):
        return False
    entries = _labelled(sheet, walk, index, begun=begun)
    if entries:
        walk.entries += entries
        walk.roles[index] = _role_of(entries, sheet.lines)
        walk.in_note = entries[-1].label.role is Role.NOTE
        return True
    role, remarks = open_remarks(index, line)
    if role is not None and (remarks or len(text) < 200):
        walk.remarks += remarks
        walk.roles[index] = role if _mostly(remarks, text, role) else Role.NOTE
        walk.in_note = False
        return True
    return _takes_a_note(sheet, walk, index, text, begun=begun)


def _takes_a_note(sheet: Sheet, walk: Head, index: int, text: str, *, begun: bool) -> bool:
    if not begun and sheet.dialect is None and _sums_up(sheet, walk, index):
        walk.remarks.append(summed_up(sheet, index))
        walk.roles[index] = Role.SUMMARY
        return True
    if (
        is_cued(text)
        or (bool(walk.roles) and (is_dedication(text) or is_of_the_making(text)))
        or (not begun and not sheet.notes_apart and disclaims(text, _below(sheet, index)))
        or (not sheet.notes_apart and surely_said(text, begun=begun))
    ):
        walk.roles[index] = Role.NOTE
        walk.in_note = True
        return True
    if sheet.dialect is None and (said := _unlabelled(sheet, walk, index, begun=begun)):
        walk.remarks += said
        walk.roles[index] = Role.HEADER
        return True
    if sheet.dialect is None and (_COUNTER.match(text) or (walk.roles and not begun and _KIND_OF_WORK.match(text))):
        walk.roles[index] = Role.HEADER
        return True
    return False


def _below(sheet: Sheet, index: int) -> list[str]:
    """The next lines that are open still."""
    near = range(index + 1, min(index + 2 * _NEAR, len(sheet.lines)))
    return [sheet.texts[at] for at in near if sheet.texts[at] and sheet.roles[at] is None]


def summed_up(sheet: Sheet, index: int) -> Remark:
    """A summary that has no label: likely, by where it stands."""
    line = sheet.lines[index]
    return Remark(Field.SUMMARY, " ".join(line.text.split()), Confidence.LIKELY, whole(line), index)


def _sums_up(sheet: Sheet, walk: Head, index: int) -> bool:
    """Under a title one sentence wholly in italics, or "In which ...", with more of the head or a divider below."""
    text, line = sheet.texts[index], sheet.lines[index]
    if not walk.roles or len(text) > LONGEST_SUMMARY or "\n" in text or says_i_or_you(text) or not _STOP.search(text):
        return False
    slanted = all(Mark.EMPHASIS in span.marks for span in line.spans if span.text.strip())
    if not slanted and not text.lstrip("*_~ ").startswith(("In which ", "Wherein ")):
        return False
    below = next((at for at in range(index + 1, len(sheet.lines)) if sheet.texts[at] or sheet.roles[at]), None)
    if below is None:
        return False
    ends = sheet.roles[below] in (Role.SCENE_BREAK, Role.CHROME) or is_divider(sheet.texts[below])
    return ends or bool(entries_of(below, sheet.lines[below]) or NOTE_CUE.match(sheet.texts[below]))


LONGEST_SUMMARY = 400
_STOP = re.compile(r"[.!?…][\"”'’)*_~]*$")


def _unlabelled(sheet: Sheet, walk: Head, index: int, *, begun: bool) -> tuple[Remark, ...]:
    """Facts without labels. A rating alone, of one letter, says so only under a title or other facts."""
    if found := facts_in(index, sheet.lines[index], lambda: _cast(sheet, walk, index)):
        return found
    if walk.roles and not begun and is_a_world(sheet.texts[index]):
        return tuple(worlds_in(index, sheet.lines[index], rows_of(sheet.lines[index])))
    if walk.roles and not begun and (found := few_facts_in(index, sheet.lines[index])):
        return found
    couple = pairing_in(index, sheet.lines[index]) if walk.roles and not begun else None
    if couple is not None:
        return (couple,)
    rated = lone_rating(index, sheet.lines[index])
    if rated is None or (len(sheet.texts[index].strip("*_()[] ")) == 1 and (begun or not walk.roles)):
        return ()
    return (rated,)


def _cast(sheet: Sheet, walk: Head, index: int) -> Cast:
    """The people of what stands below; asked for seldom, and then once."""
    if walk.cast is None:
        walk.cast = cast_of(sheet.texts[index + 1 :])
    return walk.cast


_KIND_OF_WORK = re.compile(
    r"^\W{0,3}(?:An?|The) (?:[A-Z][\w'’!-]*(?: [\w'’&-]+){0,4} )?(?:[Ff]an ?fic(?:tion)?|[Ff]ic|[Ss]tory|[Tt]ale"
    r"|[Dd]rabble|[Ss]ongfic|[Cc]rossover|[Vv]ignette|[Ff]iclet)\W{0,3}$"
)
_COUNTER = re.compile(
    r"^\W*(?:(?:part|chapter|chap\.?)?\s*\(?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?+)\)?|\(?\s*(?:part"
    r"|chapter) \w+ of \w+\)?|wip|complete|~?\d[\d,.]{0,8}k? words|rated?:? (?:g|pg|pg-13|r|nc-17|t|m|k\+?)"
    r"|(?:copyright|\(c\)|©)[^.!?]{0,60}\d{4}[^.!?]{0,40}|(?:19|20)\d\d|\(?(?:rated )?(?:nc-17|pg-13|pg|r)\)?)\W*$",
    re.IGNORECASE,
)
_QUOTED_LABEL = re.compile(r"^[\s*_\"“]{0,4}(?:title|summary|disclaimer|rating)\b", re.IGNORECASE)


def _quoted_label(text: str) -> bool:
    return bool(_QUOTED_LABEL.match(text))


def _mostly(remarks: tuple[Remark, ...], text: str, role: Role) -> bool:
    """A notice among other talk is a note that warns."""
    return len(text) <= 240 or (role is Role.WARNING and len(text) <= 400) or len(remarks) > 3


def _labelled(sheet: Sheet, walk: Head, index: int, *, begun: bool) -> list[Entry]:
    """The entries of a line, if they are a header's: a weak label ("Time: ten past two") needs company."""
    entries = entries_of(index, sheet.lines[index])
    if not entries:
        return list(among_others(sheet, index))
    if said_again(sheet, index, entries[0]) and not is_surely_authors(sheet.texts[index]):
        return []
    if entries[0].label.strong or len(entries) > 1 or sheet.texts[index][-1:] == ":":
        return list(entries)
    if begun and entries[0].label.role is Role.NOTE and not is_surely_authors(sheet.texts[index]):
        return []
    alone = _warns(sheet, index, entries[0]) or (not begun and _notes(sheet, index, entries[0]))
    return list(entries) if alone or walk.entries or _has_company(sheet, index) else []


def said_again(sheet: Sheet, index: int, entry: Entry) -> bool:
    """ "Note: one gate. Note: one bell.": whether a weak label opens other lines near by, or comes twice in its own."""
    label = entry.label
    if label.strong or label.role is not Role.NOTE:
        return False
    near = range(max(index - _FAR, 0), min(index + _FAR, len(sheet.lines)))
    found = (one for at in near for one in entries_of(at, sheet.lines[at]))
    return sum(1 for one in found if one.label is label) > 1


_FAR = 20


def among_others(sheet: Sheet, index: int) -> tuple[Entry, ...]:
    """ "Rating - PG", a cell "Rating", among lines of that kind, two of which only a work has."""
    for kind in (unsigned_of, cell_of):
        own = kind(index, sheet.lines[index])
        near = range(max(index - _NEAR, 0), min(index + _NEAR + 1, len(sheet.lines)))
        if own and len({entry.label.field for at in near for entry in kind(at, sheet.lines[at])} & OF_THE_WORK) >= 2:
            return own
    return ()


_NEAR = 6


def _has_company(sheet: Sheet, index: int) -> bool:
    for at in (index - 1, index + 1, index + 2):
        if 0 <= at < len(sheet.lines) and (entries_of(at, sheet.lines[at]) or is_facts(sheet.texts[at])):
            return True
    return False


def _warns(sheet: Sheet, index: int, entry: Entry) -> bool:
    """A lone "Warning:" at a head is a warning, unless it is long enough to be a scene."""
    return (
        entry.label.field in (Field.WARNING, Field.SONG, Field.PERMISSION, Field.DEDICATION)
        and len(sheet.texts[index]) <= 400
    )


def _notes(sheet: Sheet, index: int, entry: Entry) -> bool:
    """A lone "Note:" before anything is told."""
    text = sheet.texts[index]
    said = voice_of(text) is not Voice.NONE or says_i_or_you(text)
    return sheet.dialect is None and entry.label.role is Role.NOTE and len(text) <= 400 and said


def _role_of(entries: list[Entry], lines: tuple[Line, ...]) -> Role:
    roles = {entry.label.role for entry in entries}
    if roles == {Role.WARNING}:
        said = {remark.field for entry in entries for remark in remarks_of(entry, lines)}
        return Role.SPOILER if said == {Field.SPOILER} else Role.WARNING
    return roles.pop() if len(roles) == 1 else Role.HEADER


def continues(sheet: Sheet, walk: Head, index: int, waiting: list[int]) -> bool:
    """A wrapped value's next line: no blank line between, no label of its own, in plain text."""
    line = sheet.lines[index]
    if not walk.entries or waiting or line.gap or walk.entries[-1].value[-1].line != index - 1:
        return False
    if (
        entries_of(index, line)
        or (is_foreign(line.text) and _said(walk.entries[-1], sheet))
        or is_divider(sheet.texts[index])
        or among_others(sheet, index)
        or not (_is_cell(sheet, walk, line) or _may_wrap(sheet, walk, line))
    ):
        return False
    walk.entries[-1] = continued(walk.entries[-1], Stretch(index, 0, len(line.text)))
    walk.roles[index] = walk.roles[index - 1]
    return True


def _is_cell(sheet: Sheet, walk: Head, line: Line) -> bool:
    """In a table the value stands in the cell after its label's."""
    last = walk.entries[-1]
    cell = line.kind is BlockKind.TABLE or line.within("dd")
    return cell and len(last.value) == 1 and not _said(last, sheet)


def _may_wrap(sheet: Sheet, walk: Head, line: Line) -> bool:
    """In plain text; but under the counts that the largest archive shows there come a title and a name."""
    last = walk.entries[-1]
    above = sheet.texts[last.value[-1].line]
    ended = len(above) < _SHORTEST_WRAPPED and not line.indent and not above.endswith(",")
    whole = bool(_said(last, sheet)) and (last.label.name in _COUNTS or ended)
    return sheet.plain and line.kind is BlockKind.PARAGRAPH and not whole


_SHORTEST_WRAPPED = 40
"""Characters: a shorter line was ended by its writer, not wrapped."""

_COUNTS = frozenset({"stats", "hits", "kudos", "bookmarks", "comments"})


def _said(entry: Entry, sheet: Sheet) -> str:
    return "".join(sheet.lines[s.line].text[s.start : s.end] for s in entry.value).strip()
