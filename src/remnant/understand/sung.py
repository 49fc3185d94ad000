"""The words of songs inside a story: by what their writer says of them, or by how they are set and how they rhyme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from remnant.model import BlockKind, Field, Mark, Role
from remnant.understand.draft import Line
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Sheet

LONGEST = 80
"""Characters of a sung row."""
SET_IN = 3
"""Characters by which verse is set in further than the paragraphs around it."""

_SET_OFF = (BlockKind.VERSE, BlockKind.QUOTE)
_OF_A_SONG = re.compile(r"\bsong ?fic\b|\blyrics?\b", re.IGNORECASE)
_STARRED = re.compile(r"^\s*(?P<mark>[*_~/♪#]{1,3})\s?[^\s*_~/♪#].*?\s?(?P=mark)[.,!?…]?\s*$", re.DOTALL)
_TURN = re.compile(r"^\W{0,3}[\w.'’-]+(?: [\w.'’-]+)?:\s")
_LAST_VOWEL = re.compile(r"[aeiouy]+[^aeiouy\s]*$")


def sung(sheet: Sheet, told: Sequence[int], *, sings: bool) -> Iterator[int]:
    """Which of these lines of a chapter are the words of a song. `sings`: somebody says that the story has one."""
    set_off = [at for at in told if sheet.lines[at].kind in _SET_OFF]
    usual = _usual_indent(sheet, told) if set_off else 0
    verses = {at for at in set_off if _is_set_as_verse(sheet.lines[at], sheet.texts[at], usual)}
    if sings:
        yield from (at for at in told if at in verses or _is_marked(sheet.lines[at]))
        return
    if not verses:
        return
    rhymed = any(_rhymes(_rows(sheet.lines[at])) for at in verses)
    prose = sum(len(sheet.texts[at]) for at in told) - sum(len(sheet.texts[at]) for at in verses)
    if rhymed and 2 * prose > sum(len(sheet.texts[at]) for at in verses):
        yield from sorted(verses)


def is_of_a_song(sheet: Sheet) -> bool:
    """Whether somebody says that the story has a song in it."""
    if sheet.heard(Field.SONG):
        return True
    said = (text for text, role in zip(sheet.texts, sheet.roles, strict=True) if role not in (None, Role.STORY))
    return any(_OF_A_SONG.search(text[:400]) for text in said)


def _is_marked(line: Line) -> bool:
    """A line, or several short ones, wholly in italics or between marks."""
    rows = _rows(line)
    if not rows or max(map(len, rows)) > LONGEST:
        return False
    return _is_slanted(line) or bool(_STARRED.match(line.text))


def _is_slanted(line: Line) -> bool:
    spans = [span for span in line.spans if span.text.strip()]
    return all(Mark.EMPHASIS in span.marks for span in spans)


def _is_set_as_verse(line: Line, text: str, usual: int) -> bool:
    """Two short rows at least that their writer broke, in italics, between marks or set in, in which nobody speaks."""
    if "\n" not in text or is_dialogue(text):
        return False
    rows = _rows(line)
    if len(rows) < 2 or max(map(len, rows)) > LONGEST or text.isupper() or any(map(_TURN.match, rows)):
        return False
    return _is_marked(line) or line.indent >= usual + SET_IN


def _usual_indent(sheet: Sheet, told: Sequence[int]) -> int:
    found = sorted(sheet.lines[at].indent for at in told if sheet.lines[at].kind is BlockKind.PARAGRAPH)
    return found[len(found) // 2] if found else 0


def _rows(line: Line) -> list[str]:
    return [row.strip() for row in line.text.strip().splitlines() if row.strip()]


def _rhymes(rows: Sequence[str]) -> bool:
    """Whether two rows end alike."""
    ends = [found[0] for row in rows if (found := _LAST_VOWEL.search(row.rstrip(" .,;:!?…*_~/♪#-–—\"”'’").casefold()))]
    return len({*ends}) < len(ends)
