"""Our own exports: the EPUB and the page that we gave back, come home.

Every block of them says what it is, so nothing is left to the rules. What stands around the text (the title page, the
fields, ways past a note) is furniture here: it is told as claims and would be said twice if it were given again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, islice

from remnant.model import (
    STORY_ROLES,
    VEILED,
    BlockKind,
    Confidence,
    Field,
    Link,
    LinkKind,
    Mark,
    PieceKind,
    Role,
    Span,
)
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import Stretch, stated
from remnant.understand.draft import Draft, Line
from remnant.understand.header import entries_of, remarks_of
from remnant.understand.headings import heading_of, number_of
from remnant.understand.notices import notice_remarks, open_remarks
from remnant.understand.places import hull
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.songs import song_remarks
from remnant.understand.versions import rule_named

RULE = rule_named("dialect remnant")

_GENERATOR = ("meta:generator", "Remnant")
_BACK = "\u21a9"
_BLOCK = re.compile(r"#(p\d+)$")
_KINDS = {"Warning:": Field.WARNING, "Spoiler:": Field.SPOILER, "Rating:": Field.RATING}


def knows(sheet: Sheet) -> bool:
    """Its head or its package names us, and it has our title page."""
    named = any((fact.name, fact.value) == _GENERATOR for fact in sheet.draft.facts)
    return named and any(line.within(".title-page") and _titled(line) is not None for line in sheet.lines)


def _titled(line: Line) -> bool | None:
    """Whether this line is a stated title or a label of ours; None if it is neither."""
    if line.kind is not BlockKind.HEADING:
        return None
    return True if line.within(".titled") else (False if line.within(".untitled") else None)


def parted(draft: Draft) -> Draft:
    """The draft with what we set into a line as a line of its own: a notice's kind, the way back to a pointer."""
    return replace(draft, lines=tuple(part for line in draft.lines for part in _parts(line)))


def _parts(line: Line) -> Iterator[Line]:
    first = 1 if line.within(".notices") and _is_kind(line.spans[:1]) else 0
    last = len(line.spans) - 1 if _is_back(line.spans[-1:]) else len(line.spans)
    if not first < last:
        yield line
        return
    if first:
        yield replace(line, spans=line.spans[:first], anchors=())
    yield replace(line, spans=line.spans[first:last])
    if last < len(line.spans):
        yield replace(line, spans=line.spans[last:], anchors=())


def _is_kind(spans: tuple[Span, ...]) -> bool:
    return len(spans) == 1 and spans[0].text in _KINDS and Mark.STRONG in spans[0].marks


def _is_back(spans: tuple[Span, ...]) -> bool:
    return len(spans) == 1 and spans[0].text == _BACK and bool(_BLOCK.search(spans[0].href or ""))


def say(sheet: Sheet) -> Said:
    """Every line's role, and the fields as surely as the copy says them, never more."""
    notices = dict(_notices(sheet))
    roles = {index: _role(line) for index, line in enumerate(sheet.lines)}
    roles |= _of_notices(sheet, notices, roles)
    headings = {index: _heading(sheet.texts[index]) for index, role in roles.items() if role is Role.CHAPTER_HEADING}
    told = any(role in STORY_ROLES and role is not Role.SCENE_BREAK for role in roles.values())
    remarks = (*_fields(sheet), *_warned(sheet, notices, roles))
    return Said(roles, remarks, headings, tuple(_links(sheet, roles)), kind=PieceKind.STORY if told else None)


_FURNITURE = (".title-page", ".fields", ".copy", ".contents", ".skip-note", ".notices", ".label")
_SET_IN = {
    ".about": Role.HEADER,
    ".note": Role.NOTE,
    ".summary": Role.SUMMARY,
    ".warning": Role.WARNING,
    ".chapter": Role.CHAPTER_HEADING,
    ".epigraph": Role.EPIGRAPH,
    ".letter": Role.LETTER,
    ".verse": Role.LYRICS,
}
"""The outermost first: a verse may stand within a note."""


def _role(line: Line) -> Role:
    if _is_back(line.spans) or any(map(line.within, _FURNITURE)):
        return Role.CHROME
    if line.kind is BlockKind.BREAK:
        return Role.SCENE_BREAK
    return next((role for place, role in _SET_IN.items() if line.within(place)), Role.STORY)


_NUMBERED = re.compile(r"(?P<number>\d{1,6})\. (?P<title>\S.*)|(?P<alone>\d{1,3}|[IVXL]{1,7})")


def _heading(text: str) -> Heading:
    """As its words say; else in the form in which we write a number over a title that lacks it."""
    title = " ".join(text.split())
    if found := heading_of(text):
        return found
    if numbered := _NUMBERED.fullmatch(title):
        return Heading(number_of(numbered["number"] or numbered["alone"]), numbered["title"])
    return Heading(None, title)


def _notices(sheet: Sheet) -> Iterator[tuple[int, Field]]:
    """The notices, each with its kind: as it is headed, else as its own words begin."""
    kind: Field | None = None
    for index, line in enumerate(sheet.lines):
        if not line.within(".notices") or _is_back(line.spans):
            continue
        if _is_kind(line.spans):
            kind = _KINDS[line.text]
            continue
        yield index, kind or _begun(sheet, index)
        kind = None


def _begun(sheet: Sheet, index: int) -> Field:
    """What a notice is whose first words say so; of "Warnings: spoilers for X" its claims tell."""
    head = sheet.texts[index][:24].casefold()
    named = [field for field in _KINDS.values() if field.value in head]
    if Field.SPOILER in named and {remark.field for remark in _in_own_words(sheet, index)} == {Field.SPOILER}:
        return Field.SPOILER
    return named[0] if named else Field.WARNING


_ROLE = {Field.WARNING: Role.WARNING, Field.SPOILER: Role.SPOILER}


def _of_notices(sheet: Sheet, notices: dict[int, Field], roles: dict[int, Role]) -> dict[int, Role]:
    """Notices are warnings and spoilers again, and so is a warning further down that was brought forward as one.

    A rating is furniture: it was made of a claim, and is one again.
    """
    forward = {index: _ROLE.get(kind, Role.CHROME) for index, kind in notices.items()}
    kinds = {_folded(sheet, index): role for index, role in forward.items() if role is not Role.CHROME}
    below = {index: kinds.get(_folded(sheet, index), role) for index, role in roles.items() if role is Role.WARNING}
    return forward | below


def _folded(sheet: Sheet, index: int) -> str:
    return " ".join(sheet.texts[index].split()).casefold()


def _warned(sheet: Sheet, notices: dict[int, Field], roles: dict[int, Role]) -> Iterator[Remark]:
    """What the notices say. A rating stands among them only where somebody stated it."""
    below = {_folded(sheet, i) for i, role in roles.items() if role not in STORY_ROLES and i not in notices}
    for index, kind in notices.items():
        line = sheet.lines[index]
        if VEILED in line.text:
            continue
        if kind is Field.RATING:
            yield from stated(kind, index, line, (0, len(line.text)))
        elif line.anchors or _folded(sheet, index) in below:
            yield from _of_a_block(sheet, index, kind)
        else:
            yield from _as_headed(sheet, index, kind)


_LAST = 12
_SENTENCE = re.compile(r"[.!?\u2026][\W_]*$")


def _of_a_block(sheet: Sheet, index: int, kind: Field) -> Iterable[Remark]:
    """A notice that is a block of the file speaks for itself; only a bare value needs what heads it here."""
    own = tuple(_in_own_words(sheet, index))
    return own or (() if _SENTENCE.search(sheet.texts[index][-_LAST:]) else _as_headed(sheet, index, kind))


def _as_headed(sheet: Sheet, index: int, kind: Field) -> Iterator[Remark]:
    """A notice that is nothing but a claim: whose it was, the copy does not say."""
    line = sheet.lines[index]
    return _surely(notice_remarks(index, line, 0, len(line.text), kind), Confidence.LIKELY)


def _in_own_words(sheet: Sheet, index: int) -> Iterable[Remark]:
    entries = entries_of(index, sheet.lines[index])
    if not entries:
        return open_remarks(index, sheet.lines[index])[1]
    found = (remark for entry in entries for remark in remarks_of(entry, sheet.lines))
    return (remark for remark in found if remark.field in _ROLE)


_GUESSED_TITLE = re.compile("Perhaps \u201c(?P<title>.+)\u201d \u00b7 [a-z2-7]{6}")
_NAMES = {field.value: field for field in Field}


def _fields(sheet: Sheet) -> Iterator[Remark]:
    """What the title page says. What is veiled there says nothing."""
    told = (remark for index, line in enumerate(sheet.lines) for remark in _of_title_page(index, line))
    return (remark for remark in told if VEILED not in remark.value)


def _of_title_page(index: int, line: Line) -> Iterator[Remark]:
    if line.within(".title-page"):
        yield from _authors(index, line) if line.within(".by") else _title(index, line)
    elif line.within(".fields") and line.within("dd"):
        names = (name for element in line.inside if element.tag == "dd" for name in element.classes)
        field = next((_NAMES[name] for name in names if name in _NAMES), None)
        if field is not None:
            yield from _values(field, index, line)


def _title(index: int, line: Line) -> Iterator[Remark]:
    """A title that the page does not call a guess is likely: how surely it was said, the page does not say."""
    titled = _titled(line)
    if titled:
        yield from _surely(stated(Field.TITLE, index, line, (0, len(line.text))), Confidence.LIKELY)
    elif titled is not None and (guess := _GUESSED_TITLE.fullmatch(line.text.strip())):
        start = line.text.index(guess[0])
        stretch = start + guess.start("title"), start + guess.end("title")
        yield from _surely(stated(Field.TITLE, index, line, stretch), Confidence.GUESSED)


MOST_AUTHORS = 500
_BETWEEN_AUTHORS = re.compile(r"by\s+|,\s+")


def _authors(index: int, line: Line) -> Iterator[Remark]:
    for stretch, confidence in islice(_witnessed(line, _BETWEEN_AUTHORS), MOST_AUTHORS):
        yield from _surely(stated(Field.AUTHOR, index, line, stretch), confidence)


def _values(field: Field, index: int, line: Line) -> Iterator[Remark]:
    """The one value of this line: what stands before its last witness."""
    for (_, end), confidence in list(_witnessed(line))[-1:]:
        song = tuple(song_remarks(index, line, 0, end)) if field is Field.SONG else ()
        yield from _surely(song or stated(field, index, line, (0, end)), confidence)


def _surely(remarks: Iterable[Remark], confidence: Confidence) -> Iterator[Remark]:
    return (replace(remark, confidence=confidence) for remark in remarks)


_WITNESS = re.compile(r"\((?:(?P<surely>as stated|likely|a guess)|says .+)\)", re.DOTALL)
_SURELY = {"as stated": Confidence.STATED, "likely": Confidence.LIKELY, "a guess": Confidence.GUESSED}
_NOTHING = re.compile("")


def _witnessed(line: Line, between: re.Pattern[str] = _NOTHING) -> Iterator[tuple[Stretch, Confidence]]:
    """Each value of a line that ends in who says so, as surely as that is said; `between` parts it from the last.

    A witness is an element of its own, so it begins and ends where spans do, whatever a value's own words are. A
    person's word is only likely here: that they said it, only the file says.
    """
    cuts = [0, *accumulate(len(span.text) for span in line.spans)]
    closed = [cut for cut in cuts if line.text.endswith(")", 0, cut)]
    at = 0
    for start in cuts:
        place = bisect_right(closed, start)
        end = closed[place] if place < len(closed) else start
        if start >= at and (witness := _WITNESS.fullmatch(line.text, start, end)):
            parted = between.match(line.text, at)
            yield (parted.end() if parted else at, start), _SURELY.get(witness["surely"], Confidence.LIKELY)
            at = end


def _links(sheet: Sheet, roles: dict[int, Role]) -> Iterator[Link]:
    """Pointers lead where they led. Those in notes are left to the rule that ties notes to anchors."""
    anchors = {anchor: index for index in reversed(range(len(sheet.lines))) for anchor in sheet.lines[index].anchors}
    for index, line in enumerate(sheet.lines):
        for span in line.spans if roles[index] not in (Role.NOTE, Role.CHROME) else ():
            to = _BLOCK.search(span.href or "")
            if to and to[1] in anchors:
                yield Link(span.source, hull([sheet.lines[anchors[to[1]]]]), LinkKind.NOTE)


DIALECT = Dialect("remnant", RULE, knows, say, notes_apart=True, parted=parted)
