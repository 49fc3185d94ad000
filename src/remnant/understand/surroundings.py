"""Lines that a page says, told by their words alone: in runs, or again and again, wherever in a file they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from remnant.model import BlockKind, PieceKind, Role
from remnant.understand.header import entries_of
from remnant.understand.headings import is_divider
from remnant.understand.line_score import Guess, Kind, guess
from remnant.understand.line_words import REPEATED, STOPS, outline, outlines
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Said, Sheet
from remnant.understand.titles import ENDS_AS_A_SENTENCE
from remnant.understand.versions import rule_named

RULE = rule_named("surroundings")

_ALONE, _BESIDE, _OFTEN, _LABELLED = 3.5, 1.5, 2.5, 3.0
"""How much more a line must weigh as a page's own than as a story's: by itself at an edge, beside others, if it comes
again and again, and if it has a label."""
_EDGE = 25
"""Lines with text at the top and at the foot in which one such line alone is believed."""
_LEAST = 3
"""Times that a line comes again and again."""
_NAME, _PROSE = 30, 60
"""Characters of a name between two of a page's lines; and of a line that only a story, or an author, goes on for."""
_OF_A_TEXT = frozenset({BlockKind.HEADING, BlockKind.PICTURE})
_GOES_ON = (",", ";", "—", "…", "-")


def say(sheet: Sheet) -> Said:
    """Furniture is what weighs so at an edge, beside more of its kind, or at least three times; no heading."""
    if sheet.dialect is not None or sheet.kind is PieceKind.OTHER:
        return Said()
    again = outlines(sheet.texts)
    told = [at for at, text in enumerate(sheet.texts) if text]
    begun = next((at for at in told if sheet.roles[at] is None and _is_prose(sheet.texts[at])), len(sheet.texts))
    guessed = _guessed(sheet, told, again, begun)
    of_pages = {at for at in told if sheet.roles[at] is Role.CHROME or at in guessed}
    found = {
        at: Role.CHROME
        for place, at in enumerate(told)
        if at in guessed and guessed[at].page >= _least(sheet, told, place, of_pages, again)
    }
    found |= dict.fromkeys(_between(sheet, told, of_pages, begun), Role.CHROME)
    return Said(roles=found)


def _guessed(sheet: Sheet, told: Sequence[int], again: Mapping[str, int], begun: int) -> dict[int, Guess]:
    """The open lines that weigh most as a page's own. What has a label is one only below the first prose."""
    found: dict[int, Guess] = {}
    edges = {*told[:_EDGE], *told[-_EDGE:]}
    for at in told:
        if sheet.roles[at] is None and (sheet.texts[at][-1] not in STOPS or at in edges) and _may_be(sheet, at):
            one = guess(sheet, at, again)
            labelled = one.page >= _BESIDE and bool(entries_of(at, sheet.lines[at]))
            if (
                one.kind is Kind.PAGE
                and one.page >= _BESIDE
                and (not labelled or (at > begun and one.page > _LABELLED))
            ):
                found[at] = one
    return found


def _may_be(sheet: Sheet, at: int) -> bool:
    text = sheet.texts[at]
    if len(text) > REPEATED or text.endswith(_GOES_ON) or is_dialogue(text) or is_divider(text):
        return False
    return sheet.lines[at].kind not in _OF_A_TEXT


def _least(sheet: Sheet, told: Sequence[int], place: int, of_pages: set[int], again: Mapping[str, int]) -> float:
    """What a line must weigh where it stands."""
    near = [told[one] for one in (place - 1, place + 1) if 0 <= one < len(told)]
    if not of_pages.isdisjoint(near):
        return _BESIDE
    if again.get(outline(sheet.texts[told[place]]), 0) >= _LEAST:
        return _OFTEN
    # A story may well quote what a page said: then sentences stand right above and below.
    quoted = len(near) > 1 and all(sheet.roles[at] is None and _is_told(sheet.texts[at]) for at in near)
    return _ALONE if min(place, len(told) - 1 - place) < _EDGE and not quoted else float("inf")


def _between(sheet: Sheet, told: Sequence[int], of_pages: set[int], begun: int) -> list[int]:
    """A few words between two of a page's lines, below the first prose: whose post this is, what list begins here."""
    found = []
    for (above, at), (_, below) in pairwise(pairwise(told)):
        text = sheet.texts[at]
        brief = (
            at > begun and sheet.roles[at] is None and len(text) <= _NAME and not _is_told(text) and _may_be(sheet, at)
        )
        if brief and above in of_pages and below in of_pages and any(map(str.isalnum, text)):
            found.append(at)
    return found


def _is_told(text: str) -> bool:
    return is_dialogue(text) or ENDS_AS_A_SENTENCE.search(text) is not None


def _is_prose(text: str) -> bool:
    return is_dialogue(text) or (len(text) > _PROSE and ENDS_AS_A_SENTENCE.search(text) is not None)


def final_roles(sheet: Sheet, roles: Sequence[Role | None]) -> tuple[Role | None, ...]:
    """What rules called a note or a field for where it stands, and which nobody could have said but a page."""
    if sheet.dialect is not None or sheet.kind is PieceKind.OTHER:
        return tuple(roles)
    heard = {told.remark.line for told in sheet.testimony}
    asked = [at for at, role in enumerate(roles) if role in _MISTAKEN and at not in heard and sheet.texts[at]]
    again = outlines(sheet.texts) if asked else {}
    found = list(roles)
    for at in asked:
        if not entries_of(at, sheet.lines[at]):
            one = guess(sheet, at, again)
            if one.page > _ALONE and one.page - max(one.field, one.remark) > _BESIDE:
                found[at] = Role.CHROME
    return tuple(found)


_MISTAKEN = frozenset({Role.NOTE, Role.HEADER})
