"""Lines that may be a title: what its words look like, and which of its characters are the title."""

from __future__ import annotations

import re

from remnant.model import Field
from remnant.understand.headings import heading_of, is_divider
from remnant.understand.labels import LABEL
from remnant.understand.normal import normal
from remnant.understand.register import is_dialogue

LONGEST = 90
"""Characters of a title."""

ENDS_AS_A_SENTENCE = re.compile(r"[.,;:!?…]['\"”’)]*$")


def is_title_text(text: str) -> bool:
    if not text or len(text) > LONGEST or not text.isprintable() or not any(map(str.isalpha, text)):
        return False
    if heading_of(text) or is_divider(text) or LABEL.match(text.lstrip("*_[(# ")) or text.endswith((",", ";", ":")):
        return False
    if is_dialogue(text) and not _wholly_quoted(text):
        return False
    return len(text.split()) <= 14 and not any(sign in text for sign in ("@", "://", "\\"))


def _wholly_quoted(text: str) -> bool:
    """A title in quotation marks is short and ends as it began; a spoken line ends with a stop."""
    return len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and not ENDS_AS_A_SENTENCE.search(text[:-1])


_DRESSED = re.compile(r"^[\s#*_~=+<>«»\[•·–—-]*(?P<title>\S.*?)[\s#*_~=+<>«»\]•·–—-]*$", re.DOTALL)
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»"}


_PART = re.compile(
    r"[\s,:–—-]*+[\[(]?\s*+(?:(?:part|chapter)?\s*\d{1,3}\s*(?:/|of)\s*[\d?]{1,3}"
    r"|(?<=[-–—:,(\[ ])(?:part|chapter) (?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,5}))"
    r"\s*[\])]?$",
    re.IGNORECASE,
)


KIND_BEFORE = re.compile(
    r"^\W{0,3}[\[({](?:new |my )?(?:(?:fan[ -]?)?fic(?:tion)?|ficlet|story|drabble|one-?shot)[\])}][\s:–—-]*(?=\S)",
    re.IGNORECASE,
)
"""What some lists asked for before a title: "[fic]"."""


_NO_TITLE = 400
"""Characters of a line in which no title stands, however it is drawn."""


def bounds_of(text: str) -> tuple[int, int]:
    """Where in a line the title stands, without what is drawn around it, "[fic]" before it or "(1/3)" behind it."""
    if len(text) > _NO_TITLE:
        return 0, len(text)
    before = KIND_BEFORE.match(text)
    match = _DRESSED.match(text[before.end() :] if before else text)
    start, end = match.span("title") if match else (0, len(text))
    if before:
        start, end = start + before.end(), end + before.end()
    if text.count("[", start, end) > text.count("]", start, end):
        end = max(end, text.find("]", end) + 1)
    if part := _PART.search(text, start, end):
        end = max(part.start(), start + 1)
    if end - start > 2 and _QUOTES.get(text[start]) == text[end - 1]:
        return start + 1, end - 1
    return start, end


def says_when(text: str) -> bool:
    """ "Whitby, 3 May 1947", "0612 HOURS": where and when a letter or a scene begins."""
    if _HOUR.match(text) or _PLACE_AND_DAY.match(text):
        return True
    found, detail = normal(Field.DATE, text)
    if found is None:
        return False
    return detail.get("precision") in ("day", "month") or _PLACE_AND_YEAR.match(text) is not None


def says_where(text: str) -> bool:
    """ "PORT CALDER, MERIDIAN COLONY": a place and what it lies in, as it stands over the hour of a scene."""
    return _WHERE.match(text) is not None


_PLACE_AND_DAY = re.compile(
    r"^\W{0,3}[A-Z][\w'’-]*(?: [\w'’-]+){0,3},\s+(?:the\s)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\W{0,3}$",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"^\W{0,3}(?:[\w'’ -]{1,30},\s*)?(?:\d{3,4}\s?(?:h(?:ou)?rs?|h|zulu)|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m|\d{1,2}:\d\d"
    r"|stardate\s[\d.]+)"
    r"\b.{0,20}$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"^\W{0,3}[A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}(?:, [A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}){1,2}\W{0,2}$")


_PLACE_AND_YEAR = re.compile(r"^\W*(?:[A-Z][\w'’-]*(?: [\w'’-]+){0,3},\s*)?(?:in )?(?:1[4-9]|20)\d\d\W*$")


_UNDER = re.compile(
    r"^\W*(?:or,? |being an? |an? (?:[\w'’.:/-]+ ){0,6}(?:(?:fan ?)?fic\w*|story|tale|crossover|vignette|spec)\b"
    r"|created by|based on|inspired by|adapted from|translated|story idea|version \d|last (?:updated|revised)"
    r"|originally|first (?:published|posted)|sequel to|edited by|typed by|illustrated"
    r"|(?:part|book|volume|story) (?:\d{1,2}|[ivx]{1,5}|\w{3,6}) (?:of|in) )",
    re.IGNORECASE,
)


def is_under_a_title(text: str) -> bool:
    """Whether a line speaks of a title above it and is none itself."""
    return _UNDER.match(text) is not None
