"""Songs the author names: "Song I was listening to:Rain by Juno"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Detail, Field, Role, Rule
from remnant.understand.draft import Line
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet

RULE = Rule("songs", 1)

_CUE = re.compile(
    r"\b(?:(?:song|music|track|tune)s?\b[^:.!?\n]{0,50}?\b(?:listening to|listened to|playing|inspired (?:this|by"
    r"|me))[^:.!?\n]{0,30}?:"
    r"|(?:current(?:ly)? )?(?:song|music|soundtrack|listening to)\s*:"
    r"|(?:i (?:was|am|were)|i'm|currently|been)\s+listening to\s+"
    r"|(?:inspired by|based on|title (?:is |comes? |taken |is taken )?from|lyrics (?:are |is |come )?from"
    r"|lyrics to)\s+the\s+song\s*:?\s*)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s*[\"“”'‘’*_]*(?P<title>[^\s\"“”*_][^\n]{0,78}?)[\"“”'‘’*_,]*\s+(?:by"
    r"|from)\s+[\"“*_]*(?P<artist>[^\s\"“*_][^\n.,;!?()\[\]]{0,58}[^\n.,;!?()\[\]\s\"”*_]|\w)",
    re.IGNORECASE,
)
_DASHED = re.compile(
    r"\s*[\"“]?(?P<artist>[^\n\"“”]{1,50}?)[\"”]?\s+[-–—]\s+[\"“]?(?P<title>[^\n\"“”]{1,70}?)[\"”]?\s*[.!]?$"
)
_BARE = re.compile(r"\s*[\"“”'‘’*_]*(?P<title>[^\s\"“”*_][^\n\"“”*_]{0,78}?)[\"“”*_]*\s*[.!]?$")
_SPOKEN_OF = frozenset({Role.NOTE, Role.HEADER, Role.SUMMARY, Role.WARNING})


def say(sheet: Sheet) -> Said:
    """Claim the songs named in notes and headers."""
    told = {t.remark.line for t in sheet.testimony if t.remark.field is Field.SONG}
    return Said(
        remarks=tuple(
            remark
            for index, role in enumerate(sheet.roles)
            if role in _SPOKEN_OF and index not in told
            for remark in _in_line(index, sheet.lines[index])
        )
    )


def _in_line(index: int, line: Line) -> Iterator[Remark]:
    for cue in _CUE.finditer(line.text[:4000]):
        yield from song_remarks(index, line, cue.end(), len(line.text), sure=cue[0].endswith(":"))


def song_remarks(index: int, line: Line, start: int, end: int, *, sure: bool = True) -> Iterator[Remark]:
    """The song that a stretch names. Without "by" or a label nobody can say where its name ends: no claim."""
    found = _BY.match(line.text, start, end)
    if found is not None:
        yield _remark(index, line, found["title"], found["artist"], found.start("title"), found.end("artist"))
    elif sure and (bare := _DASHED.match(line.text, start, end)):
        yield _remark(index, line, None, None, bare.start("artist"), bare.end("title"))
    elif sure and (bare := _BARE.match(line.text, start, end)):
        yield _remark(index, line, bare["title"], None, bare.start("title"), bare.end("title"))


def _remark(index: int, line: Line, title: str | None, artist: str | None, start: int, end: int) -> Remark:
    detail: Detail = {"title": title, "artist": artist}
    return Remark(Field.SONG, line.text[start:end], Confidence.STATED, places(line, start, end), index, detail=detail)
