"""Songs the author names: "Song I was listening to:Rain by Juno"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Detail, Field, Role
from remnant.understand.draft import Line
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("songs")

_CUE = re.compile(
    r"^\W*(?:the )?(?:song|music|track|tune)s?\b[^:.!?\n]{0,60}:|\b(?:(?:song|music|track"
    r"|tune)s?\b[^:.!?\n]{0,50}?\b(?:listening to|listened to|playing|inspired (?:this|by"
    r"|me))[^:.!?\n]{0,30}?:"
    r"|(?:current(?:ly)? )?(?:song|music|soundtrack|listening to)\s*:"
    r"|\bsong ?fic (?:to|for|of|based on|inspired by)\s+(?=[\"“])"
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
_DASHED = re.compile(r"\s*[\"“]?(?P<song>[^\n\"“”]{1,50}?[\"”]?\s+[-–—]\s+[\"“]?[^\n\"“”]{1,70}?)[\"”]?\s*[.!]?$")
_BARE = re.compile(r"\s*[\"“”'‘’*_]*(?P<song>[^\s\"“”*_][^\n\"“”*_]{0,78}?)[\"“”*_]*\s*[.!]?$")
_QUOTED = re.compile(r"\s*[\"“](?P<song>[^\n\"“”]{1,78})[\"”]\s*(?:\([^()\n]{1,40}\))?\s*[.!]?$")
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
    text = line.text
    if found := _BY.match(text, start, end):
        yield _song(index, line, found.span("title"), found.span("artist"))
    elif sure and (bare := _named(text, start, end)):
        yield _song(index, line, bare.span("song"), None)


def _named(text: str, start: int, end: int) -> re.Match[str] | None:
    return _QUOTED.match(text, start, end) or _DASHED.match(text, start, end) or _BARE.match(text, start, end)


def _song(index: int, line: Line, title: tuple[int, int], artist: tuple[int, int] | None) -> Remark:
    """A song without "by" is named as it stands: of "X - Y" nobody can say which is the singer."""
    named = line.text[slice(*title)]
    detail: Detail = {"title": named, "artist": line.text[slice(*artist)] if artist else None}
    evidence = places(line, *title) + (places(line, *artist) if artist else ())
    return Remark(Field.SONG, named, Confidence.STATED, evidence, index, detail=detail)
