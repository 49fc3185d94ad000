"""Two names made one, as fans name a couple: "Janto" is no person of the story but Jack and Ianto."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from remnant.model import Confidence, Field, Role
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("blends")

COUPLE = 3
"""Names looked at: the commonest of the story. A blend is of those it is about."""

OFTEN = 3
"""Times that a name stands inside a sentence of the story before it can be part of a blend."""

LONGEST = 4_000
_BLEND = re.compile(r"(?<![\w'’])[A-Z][a-z]{3,11}(?![\w'’])")
# The look behind comes second: a search that begins with a letter passes over all others at once.
_NAME = re.compile(r"[A-Z](?<=[a-z,;] [A-Z])[a-z]{2,}(?![\w’])")
_TOLD = (None, Role.STORY)
_SPOKEN_OF = frozenset({Role.NOTE, Role.HEADER, Role.SUMMARY, Role.TITLE})


def say(sheet: Sheet) -> Said:
    """Claim a relationship for each blend that the author's own words hold and the story does not."""
    lines = [index for index, role in enumerate(sheet.roles) if role in _SPOKEN_OF]
    if not any(_BLEND.search(sheet.lines[index].text[:LONGEST]) for index in lines):
        return Said()
    names = _couple(sheet)
    return Said(remarks=tuple(_remarks(sheet, lines, names)) if len(names) > 1 else ())


def _couple(sheet: Sheet) -> list[str]:
    counted: Counter[str] = Counter()
    for index, role in enumerate(sheet.roles):
        if role in _TOLD:
            counted.update(_NAME.findall(sheet.texts[index]))
    return sorted(name for name, count in counted.most_common(COUPLE) if count >= OFTEN)


def _remarks(sheet: Sheet, lines: list[int], names: list[str]) -> Iterator[Remark]:
    seen: set[str] = set()
    for index in lines:
        for word in _BLEND.finditer(sheet.lines[index].text[:LONGEST]):
            people = None if word[0] in seen else _blended(word[0].lower(), names)
            seen.add(word[0])
            if people:
                evidence = places(sheet.lines[index], word.start(), word.end())
                detail = {"people": people}
                yield Remark(Field.RELATIONSHIP, word[0], Confidence.GUESSED, evidence, index, "/".join(people), detail)


def _blended(word: str, names: list[str]) -> tuple[str, str] | None:
    """The two that a word is made of: the beginning of one name and most of the end of another."""
    for first in names:
        for last in names:
            for cut in range(1, len(word) - 2):
                begins = first.lower().startswith(word[:cut]) and cut < len(first)
                ends = last.lower().endswith(word[cut:]) and 0 < len(last) - len(word) + cut <= 2
                if first != last and begins and ends and word not in (first.lower(), last.lower()):
                    return first, last
    return None
