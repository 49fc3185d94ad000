"""Plain texts that hold several stories: a digest kept without its mail, and stories set one after the other.

Each is a leaf with a stretch of the text as its part. The first keeps the key of a file that is one thing, so that
what was said of it stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from remnant.model import Original
from remnant.understand.draft import Draft, Fact, Leaf, Volume
from remnant.understand.formats import digests, html, md, sniff, txt
from remnant.understand.formats.keys import Keys
from remnant.understand.formats.letters import letter
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack.decode import Decoded, decode

_MAYBE = re.compile(
    rb"^[ \t]*(?:by[ \t]|written by[ \t]|title[ \t]*[:=]|message:? ?#?\d)", re.IGNORECASE | re.MULTILINE
)
_NUMBERED = re.compile(r"^[ \t]*Message:? ?#?\d{1,5}[ \t]*\r?$", re.MULTILINE)
_MOST = 1_000
"""Stories in one text; one with more is left whole."""


def volume(original: Original, data: bytes) -> Volume | None:
    """The stories of a text that holds several; None for all else, which is nearly every file."""
    if not _repeats(data):
        return None
    decoded = decode(data, html.declared_charset(data))
    if decoded.bad or not _is_plain(decoded):
        return None
    source = Source.of(original.digest, "", decoded)
    return _digest(source) or _stories(source, decoded)


def _repeats(data: bytes) -> bool:
    found = _MAYBE.search(data)
    return found is not None and _MAYBE.search(data, found.end()) is not None


def _is_plain(decoded: Decoded) -> bool:
    text = decoded.text
    others = sniff.unread_text(text) is not None or sniff.is_junk(decoded) or sniff.is_fb2(text)
    return not (others or sniff.is_flat_odt(text) or sniff.is_html(text) or md.is_markdown(text))


def _digest(source: Source) -> Volume | None:
    """Mails typed one under the other, each with its number and its head."""
    numbered = sum(1 for _ in _NUMBERED.finditer(source.text))
    found = digests.cut(source) if numbered >= FEWEST else None
    if found is None or len(found[1]) < FEWEST:
        return None
    around, mails = found
    keys = Keys()
    leaves = [Leaf(keys.give("0"), partial(_frame, around))] if any(one.text for one in around) else []
    leaves += [Leaf(keys.give(mail.path), partial(letter, mail)) for mail in mails]
    return Volume(tuple(leaves), _nothing())


FEWEST = 2


def _frame(around: tuple[Source, ...]) -> Draft:
    """Greeting, list of topics, sponsors: no story, and said to be none by its fact."""
    read = [(source, txt.read(source, signs=False)) for source in around if source.text]
    mark = Fact("mail:digest", "", read[0][0].region(0, 0))
    return Draft(
        txt.FORMAT,
        tuple(source.part for source, _ in read),
        tuple(line for _, text in read for line in text.lines),
        (mark,),
        tuple(skip for _, text in read for skip in text.skips),
        tuple(one for _, text in read for one in text.findings),
    )


def _nothing() -> Draft:
    return Draft(txt.FORMAT, (), (), (), (), ())


def _stories(source: Source, decoded: Decoded) -> Volume | None:
    starts = list(_starts(source.text))
    if not FEWEST <= len(starts) <= _MOST:
        return None
    ends = [*starts[1:], len(source.text)]
    stretches = [
        Source(source.original, f"{number}", source.encoding, source.text[start:end])
        for number, (start, end) in enumerate(zip([0, *starts[1:]], ends, strict=True), 1)
    ]
    leaves = [Leaf(f"{at}", partial(_story, one, decoded, at == 0)) for at, one in enumerate(stretches)]
    return Volume(tuple(leaves), _nothing())


def _story(source: Source, decoded: Decoded, first: bool) -> Draft:
    own = replace(decoded, text=source.text, bom=decoded.bom if first else 0, notes=decoded.notes if first else ())
    read = txt.read(source, own.bom)
    findings = (*decoding_findings(source, own), *read.findings)
    return Draft(txt.FORMAT, (source.part,), read.lines, (), read.skips, findings)


class _Row(NamedTuple):
    start: int
    text: str
    blanks: int
    """Blank lines above it."""


@dataclass(frozen=True, slots=True)
class _Head:
    at: int
    """Which row it begins with."""
    rows: int
    title: str
    author: str
    labels: int


_ROW = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_BY = re.compile(r"^\W{0,3}(?:written |a (?:story|fic) )?by:?[ \t]+(?P<name>[^\W_][^\n]{1,50})$", re.IGNORECASE)
_LABELLED = re.compile(r"^\W{0,3}(?P<label>[A-Za-z][A-Za-z /'-]{1,24})[:=][ \t]*(?P<value>\S.{0,300})$")
_TITLE = frozenset({"title", "story title", "story", "name of story"})
_AUTHOR = frozenset({"author", "writer", "written by", "by"})
_RULE = re.compile(r"^(?:[-_=*~#+.oO<>]\s?){3,}$")
_END = re.compile(r"^\W{0,12}(?:the end|end|fin|finis|ende|fini)\W{0,12}$", re.IGNORECASE)
_OF_A_STORY = re.compile(
    r"\b(?:chapters?|chap|ch|parts?|pt|book|act|episode|scene)\b\.? ?"
    r"(?:\d|[ivxlc]+\b|one|two|three|four|five|six)"
    r"|\d+ ?(?:/|of) ?[\d?]+|^\W*(?:prologue|epilogue|interlude|the end)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.,;:…]['\"”’)]*$")
_LONGEST_TITLE, _LONGEST_HEAD, _FIRST_HEAD = 80, 14, 12
_PROSE = 60
"""Characters of a row that tells something, wrapped or not."""
_FAR = 3
"""Blank lines that part one story from the next where nothing else does."""


def _starts(text: str) -> Iterator[int]:
    """Where each story begins, if the first has a title and an author and others after an end have them so too."""
    rows = list(_rows(text))
    heads = [head for at in range(len(rows)) if (head := _head(rows, at)) is not None]
    if not heads or heads[0].at >= _FIRST_HEAD:
        return
    kept, titles = [heads[0]], {heads[0].title.casefold()}
    for head in heads[1:]:
        beyond = head.at >= kept[-1].at + kept[-1].rows and head.title.casefold() not in titles
        if beyond and _is_another(rows, kept[0], head):
            kept.append(head)
            titles.add(head.title.casefold())
    ends = [*(head.at for head in kept[1:]), len(rows)]
    if all(_tells(rows, head, end) for head, end in zip(kept, ends, strict=True)):
        yield from (rows[head.at].start for head in kept)


def _rows(text: str) -> Iterator[_Row]:
    """The rows of a text that are not blank."""
    until, plain = 0, "\r" not in text
    for found in _ROW.finditer(text):
        if shown := found[0].strip():
            start = found.start()
            ends = text.count("\n", until, start) if plain else len(_LINE_END.findall(text, until, start))
            yield _Row(start, shown, max(ends - (1 if until else 0), 0))
            until = found.end()


def _head(rows: list[_Row], at: int) -> _Head | None:
    """A title over its author, or fields that name both."""
    if not _may_head(rows, at):
        return None
    first, under = rows[at], rows[at + 1 : at + _LONGEST_HEAD]
    labelled = _LABELLED.match(first.text)
    if labelled and labelled["label"].strip().lower() in _TITLE:
        told = _fields(under)
        author = next((value for label, value in told if label in _AUTHOR), "")
        by = _BY.match(under[0].text) if under else None
        author = author or (by["name"] if by else "")
        return _Head(at, 1 + len(told), labelled["value"], author, len(told)) if author or len(told) >= 2 else None
    if labelled or not under or under[0].blanks > 1 or not _is_title(first.text):
        return None
    by = _BY.match(under[0].text)
    return _Head(at, 2 + len(_fields(under[1:])), first.text, by["name"], len(_fields(under[1:]))) if by else None


def _may_head(rows: list[_Row], at: int) -> bool:
    """Whether a row may be labelled, or has a "by" at the beginning of the next: most rows have neither."""
    near = rows[at].text[:_FURTHEST_SIGN]
    return ":" in near or "=" in near or (at + 1 < len(rows) and "by" in rows[at + 1].text[:_FURTHEST_SIGN].lower())


_FURTHEST_SIGN = 29
"""Characters within which a label's sign stands, or the "by" before a name."""


def _fields(rows: list[_Row]) -> list[tuple[str, str]]:
    """The labelled rows that stand together."""
    told: list[tuple[str, str]] = []
    for row in rows:
        found = _LABELLED.match(row.text)
        if found is None or row.blanks > 1:
            break
        told.append((found["label"].strip().lower(), found["value"]))
    return told


def _is_title(text: str) -> bool:
    bare = text.strip("\"'“”‘’*_~=- ")
    return bool(bare) and len(text) <= _LONGEST_TITLE and not _SENTENCE.search(text) and not _RULE.match(text)


def _is_another(rows: list[_Row], first: _Head, head: _Head) -> bool:
    """Whether this is the head of another story: after an end, and as the first was headed; not of its next chapter."""
    before, ended = rows[head.at - 1].text, bool(_END.match(rows[head.at - 1].text))
    if _RULE.match(before) and head.at >= 2:
        ended = bool(_END.match(rows[head.at - 2].text))
    apart = ended or _RULE.match(before) or rows[head.at].blanks >= _FAR
    if not apart or _OF_A_STORY.search(head.title) or _OF_A_STORY.search(first.title):
        return False
    return ended or head.author.casefold() == first.author.casefold() or min(head.labels, first.labels) >= FEWEST


def _tells(rows: list[_Row], head: _Head, end: int) -> bool:
    """Whether there is something told between this head and the next."""
    return any(len(row.text) >= _PROSE for row in rows[head.at + head.rows : end])
