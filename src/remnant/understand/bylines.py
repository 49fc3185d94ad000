"""Names of writers, as a line below a title or above one gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Field
from remnant.understand.addresses import ADDRESS
from remnant.understand.draft import Line
from remnant.understand.places import places
from remnant.understand.sheet import Remark
from remnant.understand.titles import ENDS_AS_A_SENTENCE, says_when

LONGEST = 120
"""Characters of a line that names a writer."""

_BYLINE = re.compile(
    r"^[\s*_~\[(<–—-]{0,5}(?:(?:an? )?(?:[\w'’ -]{1,40} )?(?:fan[ -]?fic(?:tion)?|fic|story|drabble|tale"
    r"|one-?shot|ficlet|vignette|short(?: story)?|piece|script)\s+)?(?:(?:written|created|original|penned|posted)\s+)?"
    r"(?:by|von|par|por|di)\s*:?\s+"
    r"(?P<name>\S[^\n]{0,80}?)[\s*_~\])>.–—-]*$",
    re.IGNORECASE,
)
_NAME_AND_ADDRESS = re.compile(
    rf"^\W*(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){{0,3}})\s*[(<\[]\s*{ADDRESS.pattern}\s*[)>\]]\W*$", re.IGNORECASE
)
_MARKDOWN_LINK = re.compile(r"^\[(?P<text>[^\[\]]+)\]\(")
_STOP = re.compile(
    r"\s*(?:[<(\[]|,?\s+(?:e-?mail|rated|disclaimer|copyright|(?:author|writer|creator) of)\b|©|\(c\)|\s[-–—]\s|"
    + ADDRESS.pattern
    + r").*$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:the (?:time|way|end|morning|light|side|window|door|fire|river|sea|sheer|next|look|hand)|now|then|accident"
    r"|chance|myself|himself|herself|me|no means|all means|anyone|no one|(?-i:[a-z]+ing))\b|[!?;:,]|[a-z]{3}\.\s",
    re.IGNORECASE,
)


def byline_remarks(index: int, line: Line, confidence: Confidence) -> Iterator[Remark]:
    """The author a "by NAME" line names, or one with a name drawn around."""
    found = name_in(line.text) or drawn_name_in(line.text)
    if found is not None:
        start, end = found
        yield Remark(Field.AUTHOR, line.text[start:end], confidence, places(line, start, end), index)


def name_in(text: str) -> tuple[int, int] | None:
    if len(text) > LONGEST:
        return None
    match = _BYLINE.match(text) or _NAME_AND_ADDRESS.match(text)
    if match is None:
        return None
    start, end = match.span("name")
    if link := _MARKDOWN_LINK.match(match["name"]):
        start, end = start + link.start("text"), start + link.end("text")
    if stop := _STOP.search(text, start, end):
        end = stop.start()
    name = text[start:end].strip(' \t"“”*_~')
    if not name or len(name) > 50 or len(name.split()) > 6 or _NOT_A_NAME.search(name):
        return None
    start = text.index(name, start)
    return start, start + len(name)


_DRAWN_AROUND = re.compile(
    r"^\s*[~=–—-]{1,3}\*?(?P<name>(?!(?:the|fin|end|flash\w*|later|prologue|epilogue|part|chapter)\b)"
    r"[^\W\d][\w.'’]{2,24}(?: [\w.'’]{2,24}){0,2})\*?[~=–—-]{1,3}\s*$",
    re.IGNORECASE,
)


def drawn_name_in(text: str) -> tuple[int, int] | None:
    """ "~Linnet~": a name between two waves or strokes; who asks for it sees a title above it."""
    found = _DRAWN_AROUND.match(text) if len(text) <= LONGEST else None
    return found.span("name") if found else None


def is_byline(text: str) -> bool:
    return name_in(text) is not None


_HOLDER = re.compile(
    r"^\W*(?:copyright|\(c\)|©)\W*(?:(?:19|20)\d\d\W*)?(?:by\s+)?(?P<name>[^\W\d][\w.'’-]*(?: [\w.'’-]+){0,3}?)"
    r"(?:\W+(?:19|20)\d\d)?\W*$",
    re.IGNORECASE,
)


def holder_in(text: str) -> tuple[int, int] | None:
    """Whose copyright a line under a title claims."""
    found = _HOLDER.match(text)
    return found.span("name") if found else None


_PEN_NAME = re.compile(r"^(?=.{3})(?!(?:[Pp]hoto|[Ff]oto|[Ii]mage)\b)[\w.'’*-]{1,24}(?: [\w.'’-]{2,24}){0,2}$")


def is_pen_name(text: str) -> bool:
    """Whether a line of one to three words may be what somebody writes under."""
    return bool(_PEN_NAME.match(text)) and not ENDS_AS_A_SENTENCE.search(text) and not says_when(text)


_INITIALLED = re.compile(r"^(?:[A-Z]\. ?){1,3}[A-Z][\w'’-]*[a-z]$")


def is_initialled(text: str) -> bool:
    """ "G. R. Teller": somebody's name, and hardly ever a title."""
    return _INITIALLED.match(text) is not None


_FULL_NAME = re.compile(r"^(?:[A-Z]\.|[A-Z][\w'’-]*[a-z])(?: (?:[A-Z]\.|[A-Z][\w'’-]*[a-z])){1,2}$")


def is_full_name(text: str) -> bool:
    """ "Rosalind Teague", "J. T. Pascoe": as people are called, if it stands below a title."""
    return len(text) <= LONGEST and _FULL_NAME.match(text) is not None
