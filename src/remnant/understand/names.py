"""Titles and bylines that carry no label, at the top of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.addresses import ADDRESS
from remnant.understand.draft import Line
from remnant.understand.labels import LABEL
from remnant.understand.places import places, rows_of
from remnant.understand.register import Voice, is_dialogue, voice_of
from remnant.understand.sheet import Remark, Sheet
from remnant.understand.structure import heading_of, is_capitalised, is_divider

LONGEST_TITLE = 90
LONGEST_BYLINE = 120
LOOKED_AT = 6


@dataclass(slots=True)
class Named:
    roles: dict[int, Role] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


_BYLINE = re.compile(
    r"^[\s*_~\[(<–—-]{0,5}(?:(?:an? )?(?:[\w'’ -]{1,40} )?(?:fan[ -]?fic(?:tion)?|fic|story|drabble|tale"
    r"|one-?shot)\s+)?(?:written\s+)?(?:by|von|par)\s*:?\s+"
    r"(?P<name>\S[^\n]{0,80}?)[\s*_~\])>.–—-]*$",
    re.IGNORECASE,
)
_NAME_AND_ADDRESS = re.compile(
    rf"^\W*(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){{0,3}})\s*[(<\[]\s*{ADDRESS.pattern}\s*[)>\]]\W*$", re.IGNORECASE
)
_MARKDOWN_LINK = re.compile(r"^\[(?P<text>[^\[\]]+)\]\(")
_STOP = re.compile(
    r"\s*(?:[<(\[]|,?\s+(?:e-?mail|rated|disclaimer|copyright)\b|©|\(c\)|\s[-–—]\s|" + ADDRESS.pattern + r").*$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:the (?:time|way|end|morning|light|side|window|door|fire|river|sea|sheer|next|look|hand)\b|now|then"
    r"|accident|chance|myself|himself|herself|me|no means|all means|anyone|no one|[a-z]+ing\b)|[!?;:,]|[a-z]{3}\.\s",
    re.IGNORECASE,
)


def byline_remarks(index: int, line: Line, confidence: Confidence) -> Iterator[Remark]:
    """The author a "by NAME" line names."""
    found = _name_in(line.text)
    if found is not None:
        start, end = found
        yield Remark(Field.AUTHOR, line.text[start:end], confidence, places(line, start, end), index)


def _name_in(text: str) -> tuple[int, int] | None:
    if len(text) > LONGEST_BYLINE:
        return None
    match = _BYLINE.match(text) or _NAME_AND_ADDRESS.match(text)
    if match is None:
        return None
    start, end = match.span("name")
    if link := _MARKDOWN_LINK.match(match["name"]):
        start, end = start + link.start("text"), start + link.end("text")
    if stop := _STOP.search(text, start, end):
        end = stop.start()
    name = text[start:end].strip(' \t"“”*_')
    if not name or len(name) > 50 or len(name.split()) > 6 or _NOT_A_NAME.search(name):
        return None
    start = text.index(name, start)
    return start, start + len(name)


def is_byline(text: str) -> bool:
    return _name_in(text) is not None


def named_lines(sheet: Sheet, start: int, end: int) -> Named:
    """The unlabelled title and byline of a file, if its first lines have that shape."""
    top = [
        at
        for at in range(start, min(end, start + 30))
        if sheet.texts[at] and sheet.roles[at] in (None, Role.CHAPTER_HEADING)
    ]
    named = Named()
    for place, index in enumerate(top[:LOOKED_AT]):
        if sheet.roles[index] is None and _in_rows(sheet, index, named):
            return named
        if sheet.roles[index] is None and is_byline(sheet.texts[index]):
            _with_byline(sheet, top[:place], index, named)
            return named
    if top and sheet.roles[top[0]] is None:
        _bare(sheet, top, named)
    return named


def _in_rows(sheet: Sheet, index: int, named: Named) -> bool:
    """A title and a byline that stand as lines of one block."""
    line = sheet.lines[index]
    rows = list(rows_of(line)) if "\n" in sheet.texts[index] and len(line.text) <= 400 else []
    for above, row in pairwise(rows):
        found = _name_in(row.text)
        if found is not None and _is_title_text(above.text):
            named.roles[index] = Role.TITLE
            named.remarks.append(_remark(Field.TITLE, index, line, above.start, _bounds(above.text)))
            named.remarks.append(_remark(Field.AUTHOR, index, line, row.start, found))
            return True
    return False


def _remark(field: Field, index: int, line: Line, at: int, bounds: tuple[int, int]) -> Remark:
    start, end = at + bounds[0], at + bounds[1]
    return Remark(field, line.text[start:end], Confidence.LIKELY, places(line, start, end), index)


def _with_byline(sheet: Sheet, above: list[int], byline: int, named: Named) -> None:
    titles = [index for index in above if sheet.roles[index] is None and _could_be_title(sheet, index)]
    if above and not titles:
        return
    named.roles[byline] = Role.BYLINE
    named.remarks += byline_remarks(byline, sheet.lines[byline], Confidence.LIKELY)
    if titles:
        _title(sheet, titles[-1], Confidence.LIKELY, named)
        named.roles |= dict.fromkeys(titles[:-1], Role.HEADER)


def _bare(sheet: Sheet, top: list[int], named: Named) -> None:
    """A first line that only looks like a title: set as one, or short, capitalised and apart from prose."""
    first = top[0]
    if not _could_be_title(sheet, first):
        return
    if _set_as_title(sheet, first):
        _title(sheet, first, Confidence.LIKELY, named)
    elif len(top) > 1 and _looks_like_title(sheet, first, top[1]):
        _title(sheet, first, Confidence.GUESSED, named)


def _title(sheet: Sheet, index: int, confidence: Confidence, named: Named) -> None:
    line = sheet.lines[index]
    start, end = _bounds(line.text)
    named.roles[index] = Role.TITLE
    named.remarks.append(Remark(Field.TITLE, line.text[start:end], confidence, places(line, start, end), index))


_DRESSED = re.compile(r"^[\s#*_~=<>«»\[–—-]*(?P<title>\S.*?)[\s#*_~=<>«»\]–—-]*$", re.DOTALL)
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»"}


def _bounds(text: str) -> tuple[int, int]:
    match = _DRESSED.match(text)
    start, end = match.span("title") if match else (0, len(text))
    if end - start > 2 and _QUOTES.get(text[start]) == text[end - 1]:
        return start + 1, end - 1
    return start, end


_SENTENCE = re.compile(r"[.,;:!?…]['\"”’)]*$")


def _could_be_title(sheet: Sheet, index: int) -> bool:
    return "\n" not in sheet.texts[index] and _is_title_text(sheet.texts[index])


def _is_title_text(text: str) -> bool:
    if not text or len(text) > LONGEST_TITLE or not text.isprintable() or not any(map(str.isalpha, text)):
        return False
    if heading_of(text) or is_divider(text) or LABEL.match(text.lstrip("*_[(# ")) or text.endswith((",", ";", ":")):
        return False
    if is_dialogue(text) and not _wholly_quoted(text):
        return False
    return len(text.split()) <= 14 and "@" not in text and "://" not in text


def _wholly_quoted(text: str) -> bool:
    """A title in quotation marks is short and ends as it began; a spoken line ends with a stop."""
    return len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and not _SENTENCE.search(text[:-1])


def _set_as_title(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    return line.kind is BlockKind.HEADING or (sheet.plain and sheet.texts[index].startswith("# "))


def _looks_like_title(sheet: Sheet, index: int, after: int) -> bool:
    """Only the shape speaks here, so all of it must: capitals, no stop, apart, and prose below."""
    text = sheet.texts[index]
    if _SENTENCE.search(text) and not text.endswith(("!", "?", "...", "…")):
        return False
    if voice_of(text) is Voice.SURE or not is_capitalised(text):
        return False
    return _apart(sheet, index, after) and (len(text.split()) <= 10)


def _apart(sheet: Sheet, index: int, after: int) -> bool:
    line, below = sheet.lines[index], sheet.lines[after]
    if line.centred and not below.centred:
        return True
    prose = len(sheet.texts[after]) >= 60 or entries_follow(sheet, after)
    return prose and (below.gap > 0 or not sheet.plain)


def entries_follow(sheet: Sheet, index: int) -> bool:
    """Whether a label opens the line below a title."""
    return LABEL.match(sheet.texts[index].lstrip("*_[(# ")) is not None
