"""Which mails hold a story: the others are letters, and are kept as such."""

from __future__ import annotations

from remnant.model import Confidence, Field, PieceKind, Role
from remnant.understand.envelope import REPLY, names_a_story, subject_of
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("correspondence")

DRABBLE, LITTLE, MUCH, WHOLE = 100, 300, 1500, 2500
"""Characters that make a story of a mail with its fields, of one whose subject names it, of an answer, of any other."""
FIELDS = 3
SPOKEN = 3

_OF_A_STORY = frozenset(Field) - {
    Field.EMAIL,
    Field.PUBLISHED,
    Field.DATE,
    Field.FEEDBACK,
    Field.SOURCE_URL,
    Field.CHAPTER,
}


def say(sheet: Sheet) -> Said:
    """Nothing of a file that is no mail, or of a page that was saved as one."""
    names = {fact.name for fact in sheet.draft.facts}
    if "mail:snapshot-content-location" in names or not any(name.startswith("mail:") for name in names):
        return Said()
    told = [index for index, text in sheet.open_lines() if text]
    if "mail:digest" in names:
        return Said(roles=dict.fromkeys(told, Role.CHROME), kind=PieceKind.OTHER)
    if _is_story(sheet, [sheet.texts[index] for index in told]):
        return Said()
    return Said(roles=dict.fromkeys(told, Role.NOTE), kind=PieceKind.LETTER)


def _is_story(sheet: Sheet, texts: list[str]) -> bool:
    subject, length = subject_of(sheet), sum(map(len, texts))
    labelled = _is_labelled(sheet)
    if REPLY.match(subject):
        return labelled and length >= MUCH
    if labelled or names_a_story(subject):
        return length >= (DRABBLE if labelled else LITTLE)
    return length >= WHOLE and sum(map(is_dialogue, texts)) >= SPOKEN


def _is_labelled(sheet: Sheet) -> bool:
    """Whether its writer filled in some fields of a story, or its title and its author."""
    told = (testimony for testimony in sheet.testimony if testimony.rule.name == "opening")
    stated = {one.remark.field for one in told if one.remark.confidence is Confidence.STATED}
    return len(stated & _OF_A_STORY) >= FIELDS or {Field.TITLE, Field.AUTHOR} <= stated
