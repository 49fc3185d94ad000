"""The last lines of a chapter, where nothing sets the author's words apart: what is heard in them tells."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from remnant.model import Role
from remnant.understand.head_lines import OF_THE_WORK
from remnant.understand.header import entries_of
from remnant.understand.register import (
    is_dialogue,
    is_surely_authors,
    says_i_or_you,
    share_in_first_person,
    shifts,
)
from remnant.understand.sheet import Sheet
from remnant.understand.tone import LEAST, is_dated, speaks_for_itself, speaks_of_the_making, steps_out

LAST_WORDS = 5


def where_it_shifts(texts: Sequence[str], *, apart: bool) -> int:
    """Where, among the last lines, somebody begins to speak who never spoke in the story."""
    for place in range(max(len(texts) - LAST_WORDS, 3), len(texts)) if not apart else ():
        if is_dated(texts[place]):
            continue
        if shifts(texts[place], texts[:place]) and not any(map(is_dialogue, texts[place:])):
            return place
    return len(texts)


def where_fields_begin(sheet: Sheet, window: list[int]) -> int:
    """Where a story that has no head is told last what it is: "Title: X", "Author: Y"."""
    first = len(window)
    fields = set()
    while first and (entries := entries_of(window[first - 1], sheet.lines[window[first - 1]])):
        if not all(entry.label.strong for entry in entries):
            break
        fields |= {entry.label.field for entry in entries}
        first -= 1
    return first if len(fields & OF_THE_WORK) >= 2 else len(window)


def where_the_author_steps_out(texts: Sequence[str], *, apart: bool) -> int:
    """Where, among the last lines, the teller speaks of the story as of something made; by tone alone."""
    for place in range(max(len(texts) - LAST_WORDS, LEAST), len(texts)) if not apart else ():
        rest = texts[place:]
        if any(map(is_dialogue, rest)) or any(map(_TO_SOMEBODY.match, texts[max(place - LAST_WORDS, 0) :])):
            continue
        if steps_out(texts[place], texts[:place]):
            heard = sum(1 for text in rest if says_i_or_you(text) or speaks_of_the_making(text))
            if 2 * heard >= len(rest) and 2 * sum(map(len, rest)) <= sum(map(len, texts[:place])) + _LITTLE:
                return place
    return len(texts)


def where_the_last_divider_parts(sheet: Sheet, told: Sequence[int]) -> int:
    """Behind which of these lines a divider parts a few last words, in which somebody speaks for himself."""
    place = next(
        (at for at in range(len(told) - 1, 0, -1) if Role.SCENE_BREAK in sheet.roles[told[at - 1] + 1 : told[at]]), 0
    )
    texts = [sheet.texts[index] for index in told[max(place - _HEARD, 0) :]]
    story, rest = texts[: len(texts) - len(told) + place], texts[len(texts) - len(told) + place :]
    if sheet.notes_apart or not story or len(rest) > LAST_WORDS or any(map(is_dialogue, rest)):
        return len(told)
    heard = [speaks_for_itself(text, story) or is_surely_authors(text) for text in rest]
    others = [len(text) <= _BRIEF and not _SOMEBODY.search(text) for text in rest]
    return place if any(heard) and all(map(any, zip(heard, others, strict=True))) else len(told)


_HEARD = 200
"""Lines of the story that are heard."""
_BRIEF = 160
_SOMEBODY = re.compile(r"\b(?:he|she|they|him|his|her|them)\b", re.IGNORECASE)
"""Of whom a story speaks, and last words seldom do."""
_LITTLE = 400
"""Characters that an author may always add, however short the story."""
_TO_SOMEBODY = re.compile(
    r"^\W{0,3}(?:my )?(?:dear(?:est)?|darling|beloved|sir|madam)\b[^.!?]{0,50}[,:—–-]?$", re.IGNORECASE
)
"""A letter: there the story may say "I" and "you" at its end."""


_VALEDICTION = re.compile(r"^[A-Z~*-][\w ,'’&~*<3-]{2,30},$")


_SIGNED_OFF = re.compile(r"^[A-Z~*-][\w ,'’&~*<3-]{2,30},\n[^\n]{1,30}$")


def with_valediction(texts: Sequence[str], first: int) -> int:
    """Above a postscript to readers, "Hugs," and a name; unless the story is a letter."""
    if 1 < first < len(texts) and _SIGNED_OFF.match(texts[first - 1]):
        return first if any(text.startswith(("Dear ", "My dear")) for text in texts[:first]) else first - 1
    above = texts[max(first - 2, 0) : first]
    if first < len(texts) and len(above) == 2 and _VALEDICTION.match(above[0]) and len(above[1].split()) <= 3:
        return first if any(text.startswith(("Dear ", "My dear")) for text in texts[:first]) else first - 2
    return first


def where_it_is_said_plainly(texts: Sequence[str], names: Collection[str]) -> int:
    """Only lines that plainly are the author's, and a signature with one of these names."""
    signed = _SIGNED.match(texts[-1]) and any(is_named(texts[-1], name) for name in names)
    first = len(texts) - (1 if signed else 0)
    while first > 0 and len(texts) - first < 12 and _is_plainly_said(texts[first - 1]):
        if not is_surely_authors(texts[first - 1][:_AT_ONCE]) and share_in_first_person(texts[:-1]) >= 0.4:
            break
        first -= 1
    return first


def is_named(text: str, name: str) -> bool:
    """Whether a line says this name, given in small letters, as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.casefold()) is not None


_AT_ONCE = 60
"""Characters in which an author is heard at once, where the story says "I" too and may thank its finder."""


_SIGNED = re.compile(r"^\s*[~–—*-]{1,3}\s*[\w .'’-]{1,40}[~*]{0,3}\s*$")


_DATED = re.compile(
    r"^\W*(?:written|finished|posted|begun|completed|started|revised)\b[^.!?]{0,60}\b(?:19|20)\d\d\b"
    r"|^\W*\[(?:continued|concluded|end|part)\b.*\]\W*$",
    re.IGNORECASE,
)


def _is_plainly_said(text: str) -> bool:
    if len(text) <= 160 and _DATED.match(text):
        return True
    if len(text) > 1500 or is_dialogue(text):
        return False
    return is_surely_authors(text) and bool(_TO_READERS.search(text))


_TO_READERS = re.compile(
    r"^\W*more (?:soon|to come|to follow|tomorrow|later|next)\b"
    r"|\breviews?\b|^\W*(?:song|music|track)\b[^:]{0,40}:|\bwrite more of\b|\blet me know\b|\bwhere (?:this|that"
    r"|it) came from\b|\bunbeta|\be-?mail me\b"
    r"|\bdon['’]?t sue\b|\btitle is from\b|\banm(?:\.|erkung) d|\bn\.d\.t\b"
    r"|\bgegenlesen\b|\bbisous\b|\bmerci d['’]avoir lu|\bgracias por leer\b|\bobrigad[ao] por ler\b"
    r"|\bfan ?fic|\bfics?\b|\bone-?shot\b|\bkudos\b|\bthank(?:s"
    r"| you) (?:so much )?for reading\b"
    r"|\bhope (?:you|ya)\b.{0,30}\b(?:like|enjoy)|\bfeedback\b|\bflames\b|\bnext chapter\b|\b(?:don['’]?t"
    r"|do not) own\b|\bupdate\b|\bdisclaimer\b|\ba/n\b|\bfandom\b|\b(?:my|this) (?:story|chapter"
    r"|tribute)\b.{0,40}\b(?:you|i|review|written)\b",
    re.IGNORECASE,
)
