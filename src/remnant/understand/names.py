"""Titles and bylines that carry no label, at the top of a file."""

from __future__ import annotations

import re
from dataclasses import replace

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.bylines import (
    byline_remarks,
    drawn_name_in,
    holder_in,
    is_byline,
    is_full_name,
    is_initialled,
    is_pen_name,
    name_in,
)
from remnant.understand.cast import cast_of
from remnant.understand.fact_items import is_facts
from remnant.understand.head_lines import OF_THE_WORK
from remnant.understand.header import entries_of
from remnant.understand.headings import is_capitalised
from remnant.understand.labels import LABEL
from remnant.understand.notices import open_remarks
from remnant.understand.one_line import Named, in_one_line, remark
from remnant.understand.places import Row, places, rows_of
from remnant.understand.pointers import is_pointer
from remnant.understand.register import Voice, is_dialogue, says_i_or_you, voice_of
from remnant.understand.sheet import Remark, Sheet
from remnant.understand.titles import (
    ENDS_AS_A_SENTENCE,
    bounds_of,
    is_title_text,
    is_under_a_title,
    says_when,
    says_where,
)
from remnant.understand.unlabelled import facts_behind, is_pairing, lone_rating
from remnant.understand.unsigned import is_emboldened
from remnant.understand.worlds import names_a_world, worlds_in

LOOKED_AT = 6


def named_lines(sheet: Sheet, start: int) -> Named:
    """The unlabelled title and byline of a file, if its first lines have that shape."""
    top = [
        at
        for at in range(start, min(len(sheet.lines), start + 30))
        if sheet.texts[at] and sheet.roles[at] in (None, Role.CHAPTER_HEADING)
    ]
    named = Named()
    if top and in_one_line(sheet, top[0], named):
        return named
    for place, index in enumerate(top[:LOOKED_AT]):
        if sheet.roles[index] is None and _in_rows(sheet, index, named):
            return named
        above = sheet.texts[top[place - 1]] if place else "."
        drawn = drawn_name_in(sheet.texts[index]) is not None and not ENDS_AS_A_SENTENCE.search(above)
        below = top[place + 1 : place + 2]
        maker = is_under_a_title(sheet.texts[index]) and any(is_byline(sheet.texts[at]) for at in below)
        if sheet.roles[index] is None and (is_byline(sheet.texts[index]) or drawn) and not maker:
            _with_byline(sheet, top[:place], index, named)
            return named
    if _over_fields(sheet, top, named):
        return named
    below = _below_notices(sheet, top)
    if below and sheet.roles[below[0]] is None:
        _bare(sheet, below, named)
    return named


def _over_fields(sheet: Sheet, top: list[int], named: Named) -> bool:
    """What stands over fields that name neither title nor writer: "three cups", "lanternjaw", "Summary: ..."."""
    labelled = [bool(entries_of(index, sheet.lines[index])) for index in top[: _OVER + 1]]
    place = labelled.index(True) if True in labelled else 0
    near = range(top[place], min(top[place] + _NEAR, len(sheet.lines))) if place else ()
    labels = [entry.label for at in near for entry in entries_of(at, sheet.lines[at])]
    named_below = any(label.field in (Field.TITLE, Field.AUTHOR) for label in labels)
    known = {label.field for label in labels if label.strong} & OF_THE_WORK
    close = place == 2 and not sheet.lines[top[1]].gap
    if named_below or len(known) < (1 if close else 2):
        return False
    if in_one_line(sheet, top[place - 1], named, sure=True):
        return True
    title, name = top[0], top[1]
    if place != 2 or sheet.roles[name] is not None or not is_pen_name(sheet.texts[name]):
        return False
    if not _could_be_title(sheet, title) or ENDS_AS_A_SENTENCE.search(sheet.texts[title]):
        return False
    _title(sheet, title, Confidence.LIKELY, named)
    _pen_name(sheet, name, named)
    return True


_OVER = 3
"""Lines over the fields of a head."""
_NEAR = 14
"""Lines of those fields that are looked at."""


def _below_notices(sheet: Sheet, top: list[int]) -> list[int]:
    """The first lines without the labelled fields, warnings and pointers over them."""
    for place, index in enumerate(top):
        text = sheet.texts[index]
        line = sheet.lines[index]
        labelled = _is_labelled(text) or is_emboldened(line)
        told = labelled or is_pointer(text) or open_remarks(index, line)[0] is not None
        if not told:
            return top[place:]
    return []


_LEAD = re.compile(r"[\s*_\[(#~-]{0,6}")


def _is_labelled(text: str) -> bool:
    lead = _LEAD.match(text)
    return bool(LABEL.match(text, lead.end() if lead else 0))


def _in_rows(sheet: Sheet, index: int, named: Named) -> bool:
    """A title and a byline that stand as lines of one block."""
    line = sheet.lines[index]
    rows = list(rows_of(line)) if "\n" in sheet.texts[index] and len(line.text) <= 400 else []
    for place, row in enumerate(rows):
        found = (name_in(row.text) or holder_in(row.text)) if place else None
        titles = [above for above in rows[:place] if is_title_text(above.text) and not names_a_world(above.text)]
        if found is not None and titles:
            title = titles[-1]
            named.roles[index] = Role.TITLE
            named.remarks.append(remark(Field.TITLE, index, line, title.start, bounds_of(title.text)))
            named.remarks.append(remark(Field.AUTHOR, index, line, row.start, found))
            named.remarks += worlds_in(index, line, rows[: place + 1])
            return True
    return len(rows) == 2 and _rows_of_two(sheet, index, rows, named)


def _rows_of_two(sheet: Sheet, index: int, rows: list[Row], named: Named) -> bool:
    """A title over a pen name, the two alone, before a heading or prose. Only the shape says so: both are guesses."""
    after = next((at for at in range(index + 1, len(sheet.lines)) if sheet.texts[at]), None)
    if after is None or not (after in sheet.headings or _opens_prose(sheet, after)):
        return False
    title, name = rows
    words = title.text.split()
    if not (
        (2 <= len(words) <= 10 or title.text.isupper()) and is_title_text(title.text) and is_capitalised(title.text)
    ):
        return False
    if ENDS_AS_A_SENTENCE.search(title.text) or not is_pen_name(name.text):
        return False
    line = sheet.lines[index]
    told = (
        remark(Field.TITLE, index, line, title.start, bounds_of(title.text)),
        remark(Field.AUTHOR, index, line, name.start, (0, len(name.text))),
    )
    named.roles[index] = Role.TITLE
    named.remarks += (replace(remark, confidence=Confidence.GUESSED) for remark in told)
    return True


def _opens_prose(sheet: Sheet, index: int) -> bool:
    """Whether prose stands here, be it under a line that says where and when."""
    return any(len(text) >= 60 for text in sheet.texts[index : index + 2])


def _with_byline(sheet: Sheet, above: list[int], byline: int, named: Named) -> None:
    titles = _titles_over(sheet, above)
    under = [index for index in above if sheet.roles[index] is None and is_under_a_title(sheet.texts[index])]
    if above and not titles and not under:
        return
    named.roles |= dict.fromkeys(under, Role.HEADER)
    named.roles[byline] = Role.BYLINE
    named.remarks += byline_remarks(byline, sheet.lines[byline], Confidence.LIKELY)
    kinds = [index for index in titles if names_a_world(sheet.texts[index])]
    for index in (*kinds, byline):
        named.remarks += worlds_in(index, sheet.lines[index], list(rows_of(sheet.lines[index])))
    named.roles |= {index: _role_above(sheet.texts[index]) for index in titles}
    if told := [index for index in titles if index not in kinds]:
        _title(sheet, told[-1], Confidence.LIKELY, named)


def _role_above(text: str) -> Role:
    """Above a title a sentence is a note, and anything else one more field."""
    said = len(text) > 40 and text.endswith((".", "!", "?")) and says_i_or_you(text)
    return Role.NOTE if said else Role.HEADER


def _titles_over(sheet: Sheet, above: list[int]) -> list[int]:
    """The lines right above a byline that may be a title, or stand beside one; none of a scene above those."""
    could = [index for index in above if sheet.roles[index] is None and _could_be_title(sheet, index)]
    could = [index for index in could if not is_under_a_title(sheet.texts[index])]
    scene = [index for index in above if index not in could and is_dialogue(sheet.texts[index])]
    if not scene:
        return could
    return [index for index in could if index > scene[-1] and not sheet.texts[index].endswith(".")]


def titled_late(sheet: Sheet, top: list[int]) -> Named:
    """A title under the notes of a head, with its byline or without."""
    named = Named()
    if _could_be_title(sheet, top[0]) and voice_of(sheet.texts[top[0]]) is not Voice.SURE:
        if is_byline(sheet.texts[top[1]]):
            _with_byline(sheet, top[:1], top[1], named)
        else:
            _bare(sheet, top, named)
    return named


def _bare(sheet: Sheet, top: list[int], named: Named) -> None:
    """A first line that only looks like a title: set as one, or short, capitalised and apart from prose."""
    first = top[0]
    if not _could_be_title(sheet, first):
        return
    if _is_said_again(sheet, top):
        _title(sheet, first, Confidence.LIKELY, named)
        _pen_name(sheet, top[1], named)
        named.roles[top[2]] = Role.TITLE
    elif _is_name_over_title(sheet, top):
        _pen_name(sheet, first, named)
        _title(sheet, top[1], Confidence.LIKELY, named)
    elif _set_as_title(sheet, first):
        _title(sheet, first, Confidence.LIKELY, named)
        if len(top) > 2 and _is_pen_name(sheet, top) and _opens_facts(sheet, top[2]):
            _pen_name(sheet, top[1], named)
    elif len(top) > 2 and _is_pen_name(sheet, top) and _looks_like_title(sheet, first, top[2]):
        _title(sheet, first, Confidence.GUESSED, named)
        _pen_name(sheet, top[1], named)
    elif len(top) > 1 and _looks_like_title(sheet, first, top[1]):
        _title(sheet, first, Confidence.GUESSED, named)


def _is_said_again(sheet: Sheet, top: list[int]) -> bool:
    """Title, name, title: a title page of a book that was made into text, and the head of its first page."""
    if len(top) < 4 or sheet.roles[top[1]] is not None or not is_pen_name(sheet.texts[top[1]]):
        return False
    title, name, again = (sheet.texts[index].casefold() for index in top[:3])
    return title == again != name


def _is_name_over_title(sheet: Sheet, top: list[int]) -> bool:
    """ "G. R. Teller" over a line that is set as titles are."""
    if len(top) < 3 or sheet.roles[top[1]] is not None or not is_initialled(sheet.texts[top[0]]):
        return False
    below = sheet.texts[top[1]]
    return (_set_as_title(sheet, top[1]) or below.isupper()) and _could_be_title(sheet, top[1])


def _title(sheet: Sheet, index: int, confidence: Confidence, named: Named) -> None:
    line = sheet.lines[index]
    behind, facts = facts_behind(index, line, lambda: cast_of(sheet.texts[index + 1 :]))
    start, end = bounds_of(line.text[:behind])
    named.roles[index] = Role.TITLE
    named.remarks.append(Remark(Field.TITLE, line.text[start:end], confidence, places(line, start, end), index))
    named.remarks += facts


def _is_pen_name(sheet: Sheet, top: list[int]) -> bool:
    """A line of one to three words between a title and a chapter's heading, facts or prose."""
    text = sheet.texts[top[1]]
    if sheet.roles[top[1]] is not None or not is_pen_name(text) or is_facts(text):
        return False
    if top[2] in sheet.headings or len(sheet.texts[top[2]]) >= 60 or _opens_facts(sheet, top[2]):
        return True
    if is_full_name(text) and len(sheet.texts[top[0]].split()) > 2:
        return any(len(sheet.texts[at]) >= 60 for at in top[2:5])
    return sheet.lines[top[1]].gap == 0 and _opens_prose(sheet, top[2])


def _opens_facts(sheet: Sheet, index: int) -> bool:
    """Whether a line says, labelled or not, what only a work has."""
    text = sheet.texts[index]
    rated = lone_rating(index, sheet.lines[index]) is not None
    return rated or is_facts(text) or is_pairing(text) or _is_labelled(text)


def _pen_name(sheet: Sheet, index: int, named: Named) -> None:
    line = sheet.lines[index]
    start = line.text.index(sheet.texts[index])
    found = remark(Field.AUTHOR, index, line, start, (0, len(sheet.texts[index])))
    named.roles[index] = Role.BYLINE
    named.remarks.append(replace(found, confidence=Confidence.GUESSED))


def _could_be_title(sheet: Sheet, index: int) -> bool:
    return "\n" not in sheet.texts[index] and is_title_text(sheet.texts[index])


def _set_as_title(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    return line.kind is BlockKind.HEADING or (sheet.plain and sheet.texts[index].startswith("# "))


def _looks_like_title(sheet: Sheet, index: int, after: int) -> bool:
    """Only the shape speaks here, so all of it must: capitals, no stop, apart, and prose below."""
    text = sheet.texts[index]
    if ENDS_AS_A_SENTENCE.search(text) and not text.endswith(("!", "?", "...", "…")):
        return False
    start, _ = bounds_of(text)
    if not is_capitalised(text[start:]) or says_when(text) or (says_where(text) and says_when(sheet.texts[after])):
        return False
    if voice_of(text[start:]) is Voice.SURE:
        return False
    return _apart(sheet, index, after) and (len(text.split()) <= 10)


def _apart(sheet: Sheet, index: int, after: int) -> bool:
    line, below = sheet.lines[index], sheet.lines[after]
    if line.centred and not below.centred:
        return True
    near = sheet.texts[after : after + 4]
    prose = any(len(text) >= 60 for text in near) or _opens_facts(sheet, after) or after in sheet.headings
    over = index == 0 or line.gap > 0
    return prose and (below.gap > 0 or not sheet.plain or (over and _opens_facts(sheet, after)))
