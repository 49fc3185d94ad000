"""What others say of the same files: every line story, a plain reader of regular expressions, calibre.

FanFicFare takes addresses and EPUBs that it wrote itself; it reads none of the labelled files (4.62.0 tried).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.quality.answers import Answer, lines_in

FIELDS = {
    "title": "title",
    "author": "author",
    "by": "author",
    "fandom": "fandom",
    "rating": "rating",
    "rated": "rating",
    "summary": "summary",
    "pairing": "relationship",
    "pairings": "relationship",
    "relationship": "relationship",
    "characters": "character",
    "warnings": "warning",
    "warning": "warning",
    "spoilers": "spoiler",
    "disclaimer": "disclaimer",
    "series": "series",
    "words": "wordcount",
    "genre": "genre",
    "published": "published",
    "updated": "updated",
    "status": "status",
    "language": "language",
    "e-mail": "email",
    "email": "email",
}
ROLES = {"summary": "summary", "warning": "warning", "spoiler": "spoiler", "disclaimer": "note"}
_LABELLED = re.compile(r"([A-Za-z][A-Za-z' -]{1,24}?)\s*:\s*(\S.*)")
_BYLINE = re.compile(r"by:?\s+(\S.{0,60})", re.IGNORECASE)
CHAPTER = re.compile(r"(?:chapter|part)\s+[\w/?]+\b.{0,60}", re.IGNORECASE)
_NOTE = re.compile(r"(?:a/?n|author'?s? notes?|notes?|disclaimer)\b", re.IGNORECASE)
_END = re.compile(r"\W*(?:the end|end|fin|finis)\W*", re.IGNORECASE)
HEAD = 30
"""How many lines the plain reader looks for labels in."""


def everything_is_story(file: Path) -> Answer:
    """What a program does that only shows the text."""
    numbers = [line.number for line in lines_in(file)]
    first, last = (numbers[0], numbers[-1]) if numbers else (None, None)
    return Answer(True, dict.fromkeys(numbers, "story"), {}, first, last, ())


def plain(file: Path) -> Answer:
    """Labelled lines at the head, or a title and a "by" line; after that story, and notes after "The End"."""
    lines = lines_in(file)
    labelled = [at for at, line in enumerate(lines[:HEAD]) if _field(line.text)]
    begin = labelled[-1] + 1 if labelled else _untold([line.text for line in lines[:2]])
    roles, fields = {}, dict[str, list[str]]()
    for at, line in enumerate(lines):
        role, field, value = _told(line.text, at, begin, bool(labelled))
        roles[line.number] = role
        if field:
            fields.setdefault(field, []).append(value)
    ended = next((line.number for line in lines if _END.fullmatch(line.text)), None)
    for line in lines:
        if ended is not None and line.number >= ended:
            roles[line.number] = "note"
    told = [number for number, role in roles.items() if role == "story"]
    chapters = tuple(number for number, role in roles.items() if role == "chapter_heading")
    first, last = (told[0], told[-1]) if told else (None, None)
    return Answer(bool(told), roles, {name: tuple(all_) for name, all_ in fields.items()}, first, last, chapters)


def _field(text: str) -> str | None:
    found = _LABELLED.fullmatch(text)
    return FIELDS.get(found[1].casefold()) if found else None


def _untold(first: list[str]) -> int:
    """How many lines a head without labels has: a short line that ends no sentence, and perhaps "by" somebody."""
    if not first or len(first[0]) > 70 or first[0][-1] in ".,;:?!\"'":
        return 0
    return 2 if _BYLINE.fullmatch(first[-1]) else 1


def _told(text: str, at: int, begin: int, labelled: bool) -> tuple[str, str | None, str]:
    """A line's role, and the field and the value that it states."""
    field, byline = _field(text), _BYLINE.fullmatch(text)
    if at < begin and field:
        return ROLES.get(field, "header"), field, (_LABELLED.fullmatch(text) or [""] * 3)[2]
    if at < begin and byline:
        return "byline", "author", byline[1]
    if at < begin:
        return ("header", None, "") if labelled else ("title", "title", text)
    if not any(letter.isalnum() for letter in text):
        return "scene_break", None, ""
    if CHAPTER.fullmatch(text):
        return "chapter_heading", None, ""
    return ("note" if _NOTE.match(text) else "story"), None, ""


def calibre(files: Sequence[Path]) -> list[Answer] | None:
    """Title, author, tags and what else calibre takes from a file when it is added; None if it is not here or fails."""
    program = shutil.which("calibredb")
    if program is None or not files:
        return None
    with TemporaryDirectory() as scratch:
        named = [Path(scratch, f"f{number:05}{file.suffix}") for number, file in enumerate(files)]
        for file, name in zip(files, named, strict=True):
            shutil.copyfile(file, name)
        added = _calibredb(program, scratch, "add", "--duplicates", *map(str, named))
        if "Added book ids:" not in added:
            return None
        ids = [int(number) for number in re.findall(r"\d+", added.rpartition("Added book ids:")[2])]
        wanted = "title,authors,tags,comments,series,languages"
        rows = {
            row["id"]: row
            for row in json.loads(_calibredb(program, scratch, "list", "--for-machine", "--fields", wanted))
        }
        if len(ids) != len(files):
            return None
        return [_by_calibre(rows[number], name.stem) for number, name in zip(ids, named, strict=True)]


def _calibredb(program: str, scratch: str, *asked: str) -> str:
    own = {
        "PATH": "/usr/bin:/bin",
        "HOME": scratch,
        "CALIBRE_CONFIG_DIRECTORY": scratch,
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [program, *asked, "--with-library", f"{scratch}/library"]
    ended = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
    if ended.returncode:
        print(f"calibre gave up: {ended.stderr.strip()[-300:]}", file=sys.stderr)
    return ended.stdout


def _by_calibre(row: dict[str, object], stem: str) -> Answer:
    """What it makes up when a file says nothing (the file's name, "Unknown") is left out."""
    said = {
        "title": row.get("title") if row.get("title") != stem else None,
        "author": row.get("authors") if row.get("authors") != "Unknown" else None,
        "summary": row.get("comments"),
        "series": row.get("series"),
    }
    fields = {name: (str(value),) for name, value in said.items() if value}
    tags = row.get("tags")
    return Answer(
        True, {}, fields | ({"tag": tuple(map(str, tags))} if isinstance(tags, list) and tags else {}), None, None, ()
    )
