"""Whose account a page or a post belongs to, as journals, boards and mails say above what was posted, and below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from remnant.model import Confidence, Field, Role
from remnant.understand.addresses import ADDRESS
from remnant.understand.bylines import name_in
from remnant.understand.draft import Line
from remnant.understand.one_line import remark
from remnant.understand.places import Row, rows_of
from remnant.understand.sheet import Remark, Sheet

LONGEST = 140
"""Characters of a row in which an account is named."""

_ACCOUNT = r"(?P<name>[\w*~.-][\w*~'’.-]{1,24}(?: [\w'’.-]{1,20}){0,2}?)"
_WHEN = r"(?:[,@]|\bon\b|\bat\b|\bin\b|[-–—|]|\d|$)"
_SAID = (
    re.compile(
        rf"^\W*{_ACCOUNT}(?: \([\w*~.-]{{2,25}}\))? (?:wrote|posted)(?: (?:this )?(?:in|to) [\w-]{{2,40}})?\s*{_WHEN}"
    ),
    re.compile(
        r"^\W*(?:posted|submitted|uploaded|added|contributed|created|started) by:?\s+"
        rf"{_ACCOUNT}\s*(?:\([^()]*\)\s*)?{_WHEN}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?:(?:thread|topic) starter|original poster|op|poster|member|user(?:name)?):?\s+{_ACCOUNT}\s*{_WHEN}",
        re.IGNORECASE,
    ),
    re.compile(rf"^\W*from:\s+{_ACCOUNT}\s*(?:\s{{2}}|\bto:|$)", re.IGNORECASE),
    re.compile(rf"^\W*(?:posted|published|written)\b[^\n]{{0,60}}\bby {_ACCOUNT}\W*$", re.IGNORECASE),
    re.compile(
        rf"^\W*(?:this|the)\b[^\n.]{{0,60}}\b(?:was|is) (?:written|posted|uploaded) by {_ACCOUNT}(?:\.|,|$)",
        re.IGNORECASE,
    ),
    re.compile(r"^\W*thread by (?P<name>@?[\w.-]{2,30})\b", re.IGNORECASE),
)
_NO_ACCOUNT = re.compile(
    r"(?:he|she|they|it|i|we|you|who|someone|somebody|anonymous|anon|guest|admin\w*|moderator|mod|all|the .*|a .*|an .*"
    r"|re|fw|fwd|author|message|unknown|n/?a|.*['’]s?\s.*"
    r"|(?:.* )?(?:online|menu|login|home|page|profile|members?|guests?|archives?|index|list|webm\w+)(?: .*)?)",
    re.IGNORECASE,
)
_OF_A_MEMBER = re.compile(
    r"^\W*(?:joined|member since|registered|posts?|join date|reputation|rank|location|status|anmeldungsdatum|beiträge"
    r"|registriert|wohnort|inscrit|messages|registrato|messaggi|dołączył\w*|posty|зарегистрирован|сообщения)\b\s*:?\s*\S",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\b(?:joined|member since|registered|join date|anmeldungsdatum|registriert|inscrit|registrato|dołączył\w*)\b"
    r"|\b(?:posts?|beiträge|messages|messaggi|posty):\s*\d",
    re.IGNORECASE,
)
_RESIDENT = frozenset({".poster", ".username", ".author", ".byline", ".user", ".nickname", ".post-author", ".ljuser"})
_REPOSTED = re.compile(r"^\W*(?P<name>[\w-]{2,32}) posted this\W*$")
_SIGNED = re.compile(
    r"^(?:(?:love|hugs|cheers|thanks|best|xo+|xx+|yours|later|peace),?\s+)?[~–—-]{1,3}\s*"
    r"(?P<name>[^\W\d_][\w.'’-]{1,20}(?: [^\W\d_][\w.'’-]{1,20}){0,2})\s*[~–—-]{0,3}(?: xx?)?$",
    re.IGNORECASE,
)
_WORD = r"(?:[A-Z]\.|[A-Z][\w'’-]*)"
_FULL = rf"{_WORD}(?: (?:d['’]|de |von |van |la |of )?{_WORD}){{0,2}}"
_HELD = re.compile(
    r"(?:^|[\"”’'] ?|\b(?:[Tt]ext|[Ss]tory|[Ff]ic(?:tion)?|[Pp]age|[Ss]ite) (?:is )?)\W{0,3}"
    r"(?:©|\([cC]\)|[Cc]opyright)\s*"
    rf"(?:(?:19|20)\d\d,?\s*(?:by\s+)?(?P<name>{_FULL})"
    rf"|(?:by\s+)?(?P<dated>{_FULL}),? (?:19|20)\d\d)(?! (?:&|and)\b)(?=[.,;]|\s|$)"
)
_FIRM = re.compile(
    r"\b(?:Group|Inc|Ltd|Productions?|Studios?|Pictures|Entertainment|Television|TV|Corp\w*|phpBB|All|Media|Press)\b"
)
_NEAR = 3
"""Lines below a name within which a board says how long somebody has been a member."""
_LAST = 3
"""Lines at the end among which an author signs."""


def poster_in(sheet: Sheet, first: int, last: int) -> Remark | None:
    """Who posted what begins at line `first` and ends at `last`: a guess, since some post what others wrote."""
    found = next(_above(sheet, first), None) or next(_of_page(sheet, first), None) or next(_below(sheet, last), None)
    return replace(found, confidence=Confidence.GUESSED) if found else None


def _above(sheet: Sheet, first: int) -> Iterator[Remark]:
    for index in range(min(first, 60)):
        line = sheet.lines[index]
        if len(line.text) > 4 * LONGEST:
            continue
        rows = list(rows_of(line))
        for place, row in enumerate(rows):
            if found := _named(row, [*rows[place + 1 :], *_rows_below(sheet, index)]):
                start, end = found
                yield remark(Field.AUTHOR, index, line, row.start, (start, end))
        if len(rows) == 1 and sheet.roles[index] is Role.CHROME and (span := name_in(rows[0].text)):
            yield remark(Field.AUTHOR, index, line, rows[0].start, span)
        yield from _linked(index, line)
        if line.within_any(_RESIDENT) and len(rows) == 1 and _is_account(rows[0].text):
            yield remark(Field.AUTHOR, index, line, rows[0].start, (0, len(rows[0].text)))


def _linked(index: int, line: Line) -> Iterator[Remark]:
    """A name that leads to an address of mail."""
    for span, at in zip(line.spans, line.starts, strict=True):
        name = span.text.strip()
        if (span.href or "").startswith("mailto:") and _is_account(name) and not _ASKS.search(name):
            yield remark(Field.AUTHOR, index, line, at + span.text.index(name), (0, len(name)))


_KEPT = re.compile(
    r"\b(?:site|maintain\w*|web ?m\w+|designed|hosted|layout|graphics|archivist|webring)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:e?-?mail|me|here|feedback|write|contact|comments?|send|webmaster|us|send|mail|message|author|address)\b",
    re.IGNORECASE,
)


def _rows_below(sheet: Sheet, index: int) -> Sequence[Row]:
    near = range(index + 1, min(index + 1 + _NEAR, len(sheet.lines)))
    return [row for at in near if len(sheet.texts[at]) <= LONGEST for row in rows_of(sheet.lines[at])]


def _named(row: Row, below: Sequence[Row]) -> tuple[int, int] | None:
    """The account that a row names: in so many words, or alone over how long somebody has been a member."""
    if len(row.text) > LONGEST:
        return None
    for pattern in _SAID:
        found = pattern.match(row.text)
        if found and _is_account(found["name"]) and not ADDRESS.match(row.text, found.start("name")):
            return found.span("name")
    return (0, len(row.text)) if _is_account(row.text) and _is_a_members(below[:_NEAR]) else None


def _is_a_members(below: Sequence[Row]) -> bool:
    """Whether a board says here, perhaps under a rank, how long somebody has been a member."""
    told = any(_JOINED.search(row.text) for row in below)
    return told and any(_OF_A_MEMBER.match(row.text) for row in below[:2])


def _is_account(name: str) -> bool:
    if (
        not 2 <= len(name) <= 30
        or len(name.split()) > 3
        or ":" in name
        or "@" in name
        or not any(map(str.isalpha, name))
    ):
        return False
    return _NO_ACCOUNT.fullmatch(name) is None


_WHOSE = re.compile(
    r"^(?:(?P<user>[\w-]{2,25})(?=: )"
    r"|(?P<name>[\w .-]{2,30}?)(?=['’]s? (?:\w+ )?(?:page|site|stor(?:y|ies)|fic|journal)))",
    re.IGNORECASE,
)


def _of_page(sheet: Sheet, first: int) -> Iterator[Remark]:
    """Whose page it is by its title, if a line over the story says that name and nothing else."""
    page = next((fact.value for fact in sheet.draft.facts if fact.name == "html:title"), "")
    whose = _WHOSE.match(page[:LONGEST])
    name = whose and (whose["user"] or whose["name"])
    if not name or not _is_account(name):
        return
    for index in range(min(first, 30)):
        text = sheet.texts[index]
        if text.casefold() == name.casefold():
            at = sheet.lines[index].text.index(text)
            yield remark(Field.AUTHOR, index, sheet.lines[index], at, (0, len(text)))


def _below(sheet: Sheet, last: int) -> Iterator[Remark]:
    """ "~Bex" under the last note, "marrow posted this" under the tags."""
    notes = [index for index in range(last + 1, len(sheet.lines)) if sheet.texts[index]]
    for index in notes:
        line = sheet.lines[index]
        found = _REPOSTED.match(line.text) if len(line.text) <= LONGEST else None
        if found and _is_account(found["name"]):
            yield remark(Field.AUTHOR, index, line, 0, found.span("name"))
    for index in notes:
        line = sheet.lines[index]
        if len(line.text) <= 4 * LONGEST and sheet.roles[index] is not Role.CHROME and not _KEPT.search(line.text):
            yield from _linked(index, line)
        found = _HELD.search(line.text[: 4 * LONGEST])
        group = "name" if found and found["name"] else "dated"
        if found and _is_account(found[group]) and not _FIRM.search(found[group]):
            yield remark(Field.AUTHOR, index, line, 0, found.span(group))
    signed = [index for index in notes if sheet.roles[index] is Role.NOTE][-_LAST:]
    for index in reversed(signed):
        line, text = sheet.lines[index], sheet.texts[index]
        found = _SIGNED.match(text) if len(text) <= 60 else None
        if found and _is_account(found["name"]):
            yield remark(Field.AUTHOR, index, line, line.text.index(text), found.span("name"))
