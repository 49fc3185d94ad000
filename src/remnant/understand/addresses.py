"""E-mail addresses outside the story: claims, and sensitive ones. An address inside a story stays story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Field, Role
from remnant.understand.draft import Line
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("addresses")

ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?(?:\(at\)|\[at\]|<at>|\{at\}|_at_)\s?)"
    r"(?:[\w-]{1,63}(?:\.|\s?(?:\(dot\)|\[dot\])\s?)){1,6}[A-Za-z]{2,24}\b",
    re.IGNORECASE,
)
_SIGN = re.compile(r"@|[(\[<{_]at[)\]>}_]", re.IGNORECASE)
_STORY = frozenset({Role.STORY, Role.LYRICS, Role.EPIGRAPH, Role.LETTER, Role.SCENE_BREAK})


def say(sheet: Sheet) -> Said:
    """Claim the addresses that stand in lines which are not story."""
    told = {(t.remark.line, t.remark.evidence) for t in sheet.testimony if t.remark.field is Field.EMAIL}
    return Said(
        remarks=tuple(
            remark
            for index, role in enumerate(sheet.roles)
            if role is not None and role not in _STORY and _may_hold_one(sheet.texts[index][:4000])
            for remark in email_remarks(index, sheet.lines[index], 0, 4000)
            if (index, remark.evidence) not in told
        )
    )


def _may_hold_one(text: str) -> bool:
    """Ids of messages look like addresses, and are nobody's."""
    return bool(_SIGN.search(text)) and not _NO_PERSON.match(text)


_NO_PERSON = re.compile(r"^\s*(?:message-id|references|in-reply-to|nntp-[\w-]+|x-[\w-]+|path|xref)\s*:", re.IGNORECASE)


def email_remarks(index: int, line: Line, start: int, end: int) -> Iterator[Remark]:
    """The addresses in a stretch of a line."""
    for match in ADDRESS.finditer(line.text, start, min(end, len(line.text))):
        evidence = places(line, match.start(), match.end())
        yield Remark(Field.EMAIL, match[0], Confidence.STATED, evidence, index, sensitive=True)
