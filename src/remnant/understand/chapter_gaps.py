"""Chapters with a name and no number, in plain text: what stands alone under a wide gap, again and again."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.model import BlockKind
from remnant.understand.draft import Line
from remnant.understand.headings import is_capitalised
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Heading, Sheet

FEWEST = 3
"""Names that prove one another."""
WIDER = 1
"""Blank lines over each beyond what the file has between paragraphs."""
_LONGEST = 60
_PROSE = 40
"""Characters of a line that is no longer a head's."""
_ENDS = (".", ",", ";", ":", "…", "-", "–", "—")


def named_chapters(sheet: Sheet, usual: int) -> Iterator[tuple[int, Heading]]:
    """The names of chapters, if most wide gaps of the file stand over one; the first line of all is its title."""
    if not sheet.plain:
        return
    wide = [at for at, _ in sheet.open_lines() if at and sheet.lines[at].gap >= usual + WIDER]
    found = [at for at in wide if _names(sheet.lines[at], sheet.texts[at]) and _prose_follows(sheet, at)]
    if len(found) >= FEWEST and 2 * len(found) >= len(wide):
        yield from ((at, Heading(None, sheet.texts[at])) for at in found)


def _names(line: Line, text: str) -> bool:
    if line.kind is not BlockKind.PARAGRAPH or not 0 < len(text) <= _LONGEST or text.endswith(_ENDS):
        return False
    return not is_dialogue(text) and _is_titled(text)


def _is_titled(text: str) -> bool:
    return any(map(str.isalpha, text)) and (text.isupper() or is_capitalised(text))


def _prose_follows(sheet: Sheet, at: int) -> bool:
    if at + 1 >= len(sheet.lines) or sheet.roles[at + 1] is not None:
        return False
    after, text = sheet.lines[at + 1], sheet.texts[at + 1]
    return after.gap > 0 and (is_dialogue(text) or len(text) > _PROSE)
