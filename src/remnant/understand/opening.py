"""What stands before a story or a chapter: titles, labelled fields, warnings, notes; and so where the story starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from remnant.model import BlockKind, Confidence, Field, Finding, Role, Rule
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.header import Entry, Stretch, continued, dashed_of, entries_of, is_blank, remarks_of
from remnant.understand.names import named_lines, titled_late
from remnant.understand.normal import normal
from remnant.understand.notices import open_remarks
from remnant.understand.places import places, whole
from remnant.understand.pointers import is_pointer
from remnant.understand.register import Voice, is_dialogue, is_surely_authors, run_of, shifts, voice_of
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.structure import usual_gap

RULE = Rule("opening", 2)

LONGEST_HEAD = 400
"""Lines after which no head goes on, whatever they look like."""
LOOK_AHEAD = 10
"""Lines past which no header follows a stretch of prose."""

PROSE = 2500
"""Characters of prose past which the story has begun, whatever follows."""


@dataclass(slots=True)
class _Walk:
    """How far one head has been read."""

    roles: dict[int, Role] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    in_note: bool = False


def say(sheet: Sheet) -> Said:
    """Read the head of the file and of every chapter."""
    roles: dict[int, Role] = {}
    remarks: list[Remark] = []
    findings: list[Finding] = []
    for number, (start, end) in enumerate(sheet.chapters()):
        walk = _walk(sheet, start, end, at_top=number == 0)
        _last_of_the_head(sheet, walk, start, end)
        roles |= walk.roles
        remarks += walk.remarks
        remarks += [remark for entry in walk.entries for remark in remarks_of(entry, sheet.lines)]
        findings += [_left_blank(entry, sheet.lines) for entry in walk.entries if is_blank(entry, sheet.lines)]
    return Said(roles=roles, remarks=tuple(remarks), findings=tuple(findings))


def _left_blank(entry: Entry, lines: tuple[Line, ...]) -> Finding:
    where = whole(lines[entry.value[0].line])
    return finding("R002", *where, label=entry.label.name)


def _walk(sheet: Sheet, start: int, end: int, *, at_top: bool) -> _Walk:
    walk = _Walk()
    if at_top:
        _name(sheet, walk, start)
    waiting: list[int] = []
    for index in range(start, end):
        if index - start > LONGEST_HEAD or _is_past(sheet, waiting):
            return walk
        if _continues(sheet, walk, index, waiting):
            continue
        if not _known(sheet, walk, index) and not _takes(sheet, walk, index, begun=bool(waiting)):
            waiting.append(index)
        elif not _goes_on(sheet, walk, waiting, walk.roles.get(index) or sheet.roles[index], end):
            return walk
    _before_a_chapter(sheet, walk, waiting, end)
    return walk


_HEARD = 40
"""Lines of the story below a head, from which one hears who tells it."""


def _last_of_the_head(sheet: Sheet, walk: _Walk, start: int, end: int) -> None:
    """What still stands between the head and the story: more of a note, the title, perhaps again."""
    open_lines = (
        at for at in range(start, end) if sheet.roles[at] is None and at not in walk.roles and sheet.texts[at]
    )
    told = list(islice(open_lines, _HEARD))
    if told and min(walk.roles, default=end) < told[0]:
        while len(told) > 3 and (_stands_apart(sheet, told) or (walk.in_note and _goes_on_talking(sheet, told))):
            walk.roles[told.pop(0)] = Role.NOTE
        if sheet.dialect is None and len(told) > 1:
            _name_late(sheet, walk, told)


_IN_BRACKETS = re.compile(r"^\W*\[[^\[\]]*\]\W*$|^\W*\([^()]*\)\W*$")


def _stands_apart(sheet: Sheet, told: list[int]) -> bool:
    """A few words of the author's, in brackets or with a wider gap below them than the story has."""
    text = sheet.texts[told[0]]
    if len(text) > BETWEEN_NOTES or is_dialogue(text) or voice_of(text) is Voice.NONE:
        return False
    wide = sheet.lines[told[1]].gap > max(sheet.lines[told[0]].gap, usual_gap(sheet.lines))
    return wide or bool(_IN_BRACKETS.match(text))


def _goes_on_talking(sheet: Sheet, told: list[int]) -> bool:
    """After a note, one who says "you" or "I" of whom the story never hears again."""
    text = sheet.texts[told[0]]
    return (
        voice_of(text) is not Voice.NONE and len(text) <= PROSE and shifts(text, [sheet.texts[at] for at in told[1:]])
    )


def _name_late(sheet: Sheet, walk: _Walk, told: list[int]) -> None:
    """A title that stands under the notes, or once more under the fields that named it."""
    known = {remark.value.casefold() for remark in _titles(sheet, walk)}
    text = sheet.texts[told[0]].strip('*_~-=# "“”').casefold()
    if text and text in known:
        walk.roles[told[0]] = Role.TITLE
    elif not known:
        named = titled_late(sheet, told)
        walk.roles |= named.roles
        walk.remarks += named.remarks


def _titles(sheet: Sheet, walk: _Walk) -> Iterator[Remark]:
    told = (remark for entry in walk.entries for remark in remarks_of(entry, sheet.lines))
    heard = (testimony.remark for testimony in sheet.testimony)
    return (
        remark
        for remark in (*walk.remarks, *told, *heard)
        if remark.field is Field.TITLE and remark.confidence is not Confidence.GUESSED
    )


def _is_past(sheet: Sheet, waiting: list[int]) -> bool:
    return len(waiting) > LOOK_AHEAD or sum(len(sheet.texts[index]) for index in waiting) > PROSE


def _known(sheet: Sheet, walk: _Walk, index: int) -> bool:
    return sheet.roles[index] is not None or index in walk.roles or not sheet.texts[index]


def _name(sheet: Sheet, walk: _Walk, start: int) -> None:
    """Title and byline, where they stand unlabelled at the very top."""
    if sheet.dialect is not None:
        return
    named = named_lines(sheet, start)
    walk.roles |= named.roles
    walk.remarks += named.remarks


def _goes_on(sheet: Sheet, walk: _Walk, waiting: list[int], role: Role | None, end: int) -> bool:
    """Whether the head goes on past this line: prose between its parts is a note, if the author says it.

    Otherwise the story had begun there, and what was taken after its first words is given back.
    """
    if not waiting or role is None:
        return True
    if _is_note(sheet, walk, waiting, role) and (role is not Role.NOTE or _leaves_a_story(sheet, walk, waiting, end)):
        walk.roles |= dict.fromkeys(waiting, _role_between(sheet, walk, waiting, role))
        _under_the_counts(sheet, walk, waiting)
        waiting.clear()
        return True
    if role in (Role.CHROME, Role.SCENE_BREAK):
        _above_a_divider(sheet, walk, waiting)
        return True
    begun = waiting[0]
    walk.roles = {index: role for index, role in walk.roles.items() if index < begun}
    walk.entries = [entry for entry in walk.entries if entry.value[0].line < begun]
    walk.remarks = [remark for remark in walk.remarks if remark.line < begun]
    return False


def _under_the_counts(sheet: Sheet, walk: _Walk, waiting: list[int]) -> None:
    """A page of the largest archive, copied as text: title and name stand between its counts and the summary."""
    above = [entry for entry in walk.entries if entry.value[0].line < waiting[0]]
    if not 1 <= len(waiting) <= 2 or not any(entry.label.name == "stats" for entry in above):
        return
    if above[-1].value[-1].line != waiting[0] - 1 or not all(_is_brief(sheet.texts[index]) for index in waiting):
        return
    for index, (named, role) in zip(waiting, ((Field.TITLE, Role.TITLE), (Field.AUTHOR, Role.BYLINE)), strict=False):
        line = sheet.lines[index]
        walk.roles[index] = role
        walk.remarks.append(Remark(named, sheet.texts[index], Confidence.LIKELY, whole(line), index))


def _leaves_a_story(sheet: Sheet, walk: _Walk, waiting: list[int], end: int) -> bool:
    """Whether anything is left to be told in this chapter if what waits is a note; if not, it may be the story."""
    rest = range(waiting[-1] + 1, end)
    left = (at for at in rest if at not in walk.roles and sheet.roles[at] is None and sheet.texts[at])
    if any(not is_surely_authors(sheet.texts[at]) for at in left):
        return True
    return Voice.NONE not in run_of(sheet.texts[index] for index in waiting).voices


def _role_between(sheet: Sheet, walk: _Walk, waiting: list[int], role: Role) -> Role:
    """Between the parts of a head a few words are a field; one paragraph under names and over fields sums up."""
    texts = [sheet.texts[index] for index in waiting]
    if role in _FIELDS and all(map(_is_brief, texts)):
        return Role.HEADER
    named = {Role.TITLE, Role.BYLINE} & {walk.roles.get(index) for index in range(waiting[0])}
    if role is Role.HEADER and named and len(texts) == 1 and voice_of(texts[0]) is not Voice.SURE:
        return Role.SUMMARY
    return Role.NOTE


def _above_a_divider(sheet: Sheet, walk: _Walk, waiting: list[int]) -> None:
    """Between an unlabelled title and a divider: a few words are a field, one short paragraph a summary."""
    named = {walk.roles.get(index) for index in range(waiting[0])}
    texts = [sheet.texts[index] for index in waiting]
    if named & {Role.TITLE, Role.BYLINE} and all(map(_is_brief, texts)):
        walk.roles |= dict.fromkeys(waiting, Role.HEADER)
        waiting.clear()
    elif Role.BYLINE in named and len(texts) == 1 and _may_sum_up(sheet, texts[0]):
        walk.roles[waiting[0]] = Role.SUMMARY
        waiting.clear()


def _may_sum_up(sheet: Sheet, text: str) -> bool:
    """Where more dividers follow, the first may end a scene of one paragraph."""
    return len(text) <= 300 and not is_dialogue(text) and sheet.roles.count(Role.SCENE_BREAK) == 1


BETWEEN_NOTES = 250
"""Characters between two notes that are a note too; a drabble is longer."""

_FIELDS = frozenset({Role.HEADER, Role.SUMMARY, Role.WARNING, Role.SPOILER, Role.TITLE, Role.BYLINE})


def _is_note(sheet: Sheet, walk: _Walk, waiting: list[int], role: Role) -> bool:
    run = run_of(sheet.texts[index] for index in waiting)
    if role in _FIELDS and _is_of_the_work(sheet, waiting):
        return True
    if run.spoken or role in (Role.TITLE, Role.BYLINE):
        return not run.spoken
    if role in _FIELDS and all(map(_is_brief, run.texts)):
        return True
    if walk.in_note and role is Role.NOTE and sum(map(len, run.texts)) <= BETWEEN_NOTES:
        return True
    if walk.in_note and role in _FIELDS:
        return 2 * run.voices.count(Voice.NONE) <= len(waiting)
    return 2 * run.voices.count(Voice.SURE) >= len(waiting)


_OF_THE_WORK = frozenset(
    {Field.TITLE, Field.AUTHOR, Field.RATING, Field.WORDCOUNT, Field.PUBLISHED, Field.FANDOM, Field.SUMMARY}
)


def _is_of_the_work(sheet: Sheet, waiting: list[int]) -> bool:
    """Whether what stands below names two things that only a work has: no story begins above its own title."""
    below = range(waiting[-1] + 1, min(waiting[-1] + 6, len(sheet.lines)))
    found = (entry.label for at in below for entry in entries_of(at, sheet.lines[at]))
    return len({label.field for label in found if label.strong} & _OF_THE_WORK) >= 2 and len(waiting) <= _FEW


_FEW = 6

_BRIEF = 60


def _is_brief(text: str) -> bool:
    """A few words that are no sentence: between a title and its fields they are one more field."""
    return len(text) <= _BRIEF and not text.endswith((".", "!", "?", ",", ";", "…"))


def _before_a_chapter(sheet: Sheet, walk: _Walk, waiting: list[int], end: int) -> None:
    """Between the head and the first chapter's heading the author may speak without any label."""
    if waiting and end in sheet.headings and run_of(sheet.texts[index] for index in waiting).is_authors:
        walk.roles |= dict.fromkeys(waiting, Role.NOTE)


def _takes(sheet: Sheet, walk: _Walk, index: int, *, begun: bool) -> bool:
    """Whether a line belongs to the head by its own words; its role and what it says are noted."""
    line, text = sheet.lines[index], sheet.texts[index]
    if is_dialogue(text) and not _quoted_label(text):
        return False
    entries = _labelled(sheet, walk, index)
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


def _takes_a_note(sheet: Sheet, walk: _Walk, index: int, text: str, *, begun: bool) -> bool:
    if (
        is_pointer(text)
        or _NOTE_CUE.match(text)
        or _is_dedication(walk, text)
        or _is_of_the_making(walk, text)
        or (not sheet.notes_apart and _surely_said(text, begun=begun))
    ):
        walk.roles[index] = Role.NOTE
        walk.in_note = True
        return True
    if rated := _RATED.match(text):
        walk.remarks.append(_rating(sheet.lines[index], index, rated["rating"]))
        walk.roles[index] = Role.HEADER
        return True
    if sheet.dialect is None and (loose := _loose_fields(sheet.lines[index], index, text)):
        walk.remarks += loose
        walk.roles[index] = Role.HEADER
        return True
    if sheet.dialect is None and _COUNTER.match(text):
        walk.roles[index] = Role.HEADER
        return True
    return False


_DEDICATION = re.compile(
    r"^\W*[Ff]or (?:(?:my|the lovely|the wonderful) )?(?:[a-z]\w+(?=, who\b)|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)"
    r"(?:[.!]?$|, (?:who|because|with|as|on|without)\b|.*\b(?:birthday|request|prompt|challenge)\b)"
)


def _is_dedication(walk: _Walk, text: str) -> bool:
    """ "For Anna, who asked for boats." A story may begin so too: only under a title or fields."""
    return bool(walk.roles) and len(text) <= 100 and bool(_DEDICATION.match(text))


_OF_THE_MAKING = re.compile(
    r"^\W*(?:translated|beta(?:['’]?d|ed)?|written|posted|typed|inspired|based|set)\b[^\n]{4,110}[^.!?\"”\s]\W?$",
    re.IGNORECASE,
)


def _is_of_the_making(walk: _Walk, text: str) -> bool:
    """ "translated from the Polish by Ania": no sentence, under a title or fields."""
    return bool(walk.roles) and not text.endswith((".", "!", "?")) and bool(_OF_THE_MAKING.match(text))


_BETWEEN_FIELDS = re.compile(r"\s*(?://|[,|;•·]|\s[-–—/]\s)\s*")
_COUNTED = re.compile(r"^~?[\d,.]+k?\+? ?(?:words|w)\b", re.IGNORECASE)
_PAIRED = re.compile(r"^[A-Z]\w+(?: \w+)?/[A-Z]\w+(?: \w+)?$")


def _loose_fields(line: Line, index: int, text: str) -> list[Remark]:
    """ "Maren/Pike, R, 900 words": a rating among a pairing, a length and the like."""
    items = [item.strip("()[] ") for item in _BETWEEN_FIELDS.split(text)]
    if not (2 <= len(items) <= 7 and len(text) <= 120) or text.endswith((".", "!", "?")):
        return []
    rated = [item for item in items if _IS_RATING.fullmatch(item)]
    pairs = [item for item in items if _PAIRED.match(item)]
    if len(rated) != 1 or not (pairs or any(map(_COUNTED.match, items))):
        return []
    found = [_rating(line, index, rated[0])]
    for pair in pairs:
        start = line.text.index(pair)
        ready, detail = normal(Field.RELATIONSHIP, pair)
        where = places(line, start, start + len(pair))
        found.append(Remark(Field.RELATIONSHIP, pair, Confidence.LIKELY, where, index, ready, detail))
    return found


_IS_RATING = re.compile(
    r"(?:rated:? )?(?:nc-?17|pg-?1[35]|pg|[GRTM]|K\+?|mature|teen|explicit|gen|adult)", re.IGNORECASE
)


def _rating(line: Line, index: int, value: str) -> Remark:
    start = line.text.index(value)
    evidence = places(line, start, start + len(value))
    return Remark(Field.RATING, value, Confidence.STATED, evidence, index, normal(Field.RATING, value)[0])


_RATED = re.compile(
    r"^\W{0,3}rated:?\s+(?P<rating>nc-?17|pg-?1[35]|pg|adult|explicit|mature|teen|general|[gxrtmk]\+?)"
    r"(?=\W*$|[,;.(]|\s+(?:for|due|because|to)\b)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"^\W*(?:(?:part|chapter|chap\.?)?\s*\(?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?+)\)?|\(?\s*(?:part"
    r"|chapter) \w+ of \w+\)?|wip|complete|rated?:? (?:g|pg|pg-13|r|nc-17|t|m|k\+?)"
    r"|(?:copyright|\(c\)|©)[^.!?]{0,60}\d{4}[^.!?]{0,40}|(?:19|20)\d\d|\(?(?:rated )?(?:nc-17|pg-13|pg|r)\)?)\W*$",
    re.IGNORECASE,
)
_QUOTED_LABEL = re.compile(r"^[\s*_\"“]{0,4}(?:title|summary|disclaimer|rating)\b", re.IGNORECASE)


def _quoted_label(text: str) -> bool:
    return bool(_QUOTED_LABEL.match(text))


def _mostly(remarks: tuple[Remark, ...], text: str, role: Role) -> bool:
    """A notice among other talk is a note that warns."""
    return len(text) <= 240 or (role is Role.WARNING and len(text) <= 400) or len(remarks) > 3


_NOTE_CUE = re.compile(
    r"^[\s*_~\[(<{>=#-]{0,6}(?:a/?n'?s?\b\s*[-–—:.,]|\(a/n|authors?['’]?s? ?['’]? notes?\b|authors?['’]? ?note"
    r"|note from the author|n\.b\.|nb:|disclaimer\b|i (?:do not|don['’]?t) own\b|dedicated to\b|(?:this (?:is"
    r"|one['’]?s) )?for my\b.{0,40}\bbeta|(?:many|special|huge|big)? ?thanks to\b|written for\b|for the prompt\b"
    r"|previously\b[^:.]{0,40}:|last time\b[^:.]{0,40}:)",
    re.IGNORECASE,
)


def _surely_said(text: str, *, begun: bool) -> bool:
    """Where prose may have begun the story, one who tells it may also hope that you like it: but not at once."""
    heard = is_surely_authors(text[:_AT_ONCE] if begun else text)
    return len(text) <= 1500 and heard and bool(_TO_THE_READER.search(text))


_AT_ONCE = 80


_TO_THE_READER = re.compile(
    r"\b(?:anyway|on with|mine|sue|i|i['’]m|i['’]ve|i['’]ll|my|me|you|your|please|thanks?|enjoy|sorry|own|belongs?"
    r"|copyright|reviews?"
    r"|this (?:fan)?(?:fic|story|chapter|one)|public domain|fan[ -]?fiction|disclaimer)\b",
    re.IGNORECASE,
)


def _labelled(sheet: Sheet, walk: _Walk, index: int) -> list[Entry]:
    """The entries of a line, if they are a header's: a weak label ("Time: ten past two") needs company."""
    entries = entries_of(index, sheet.lines[index])
    if not entries:
        return list(_among_dashes(sheet, index))
    if entries[0].label.strong or len(entries) > 1 or sheet.texts[index][-1:] == ":":
        return list(entries)
    return list(entries) if walk.entries or _has_company(sheet, index) or _warns(sheet, index, entries[0]) else []


def _among_dashes(sheet: Sheet, index: int) -> tuple[Entry, ...]:
    """ "Rating - PG" among lines of that kind, two of which only a work has."""
    own = dashed_of(index, sheet.lines[index])
    if not own:
        return ()
    near = range(max(index - 4, 0), min(index + 5, len(sheet.lines)))
    fields = {entry.label.field for at in near for entry in dashed_of(at, sheet.lines[at])}
    return own if len(fields & _OF_THE_WORK) >= 2 else ()


def _has_company(sheet: Sheet, index: int) -> bool:
    for at in (index - 1, index + 1, index + 2):
        if 0 <= at < len(sheet.lines) and (
            entries_of(at, sheet.lines[at]) or _loose_fields(sheet.lines[at], at, sheet.texts[at])
        ):
            return True
    return False


def _warns(sheet: Sheet, index: int, entry: Entry) -> bool:
    """A lone "Warning:" at a head is a warning, unless it is long enough to be a scene."""
    return (
        entry.label.field in (Field.WARNING, Field.SONG, Field.PERMISSION, Field.DEDICATION)
        and len(sheet.texts[index]) <= 400
    )


def _role_of(entries: list[Entry], lines: tuple[Line, ...]) -> Role:
    roles = {entry.label.role for entry in entries}
    if roles == {Role.WARNING}:
        said = {remark.field for entry in entries for remark in remarks_of(entry, lines)}
        return Role.SPOILER if said == {Field.SPOILER} else Role.WARNING
    return roles.pop() if len(roles) == 1 else Role.HEADER


def _continues(sheet: Sheet, walk: _Walk, index: int, waiting: list[int]) -> bool:
    """A wrapped value's next line: no blank line between, no label of its own, in plain text."""
    line = sheet.lines[index]
    if not walk.entries or waiting or line.gap or walk.entries[-1].value[-1].line != index - 1:
        return False
    if (
        entries_of(index, line)
        or _among_dashes(sheet, index)
        or not (_is_cell(sheet, walk, line) or _may_wrap(sheet, walk, line))
    ):
        return False
    walk.entries[-1] = continued(walk.entries[-1], Stretch(index, 0, len(line.text)))
    walk.roles[index] = walk.roles[index - 1]
    return True


def _is_cell(sheet: Sheet, walk: _Walk, line: Line) -> bool:
    """In a table the value stands in the cell after its label's."""
    last = walk.entries[-1]
    return line.kind is BlockKind.TABLE and len(last.value) == 1 and not _said(last, sheet)


def _may_wrap(sheet: Sheet, walk: _Walk, line: Line) -> bool:
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
