"""`remnant canon`: what stories are about, in order; to see, to check, to write."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from remnant.cli import terminal
from remnant.cli.terminal import clean, counted
from remnant.errors import RefusedError, UsageError
from remnant.library.canons import Canons, Drawn, Problem, canons, label_of, new, notes_on, own_files, read_file
from remnant.model import Canon, CanonPart, CanonSeries, PartKind
from remnant.settings import Settings

LONGEST_LIST = 2_000_000


def run(wish: argparse.Namespace, settings: Settings) -> int:
    return {"new": _new, "list": _list, "show": _show, "check": _check}[wish.action](wish, settings)


def _list(wish: argparse.Namespace, settings: Settings) -> int:
    known = sorted(canons(settings.library), key=lambda canon: canon.name.casefold())
    files = own_files(settings.library)
    faulty = [file for file in files if not isinstance(file.found, Canon)]
    own = {file.found.id for file in files if isinstance(file.found, Canon)}
    if wish.json:
        listed = [{**_summary(canon), "own": canon.id in own} for canon in known]
        terminal.result_json({"v": 1, "canons": listed, "faulty": [file.name for file in faulty]})
    else:
        width = max((len(canon.id) for canon in known), default=0)
        terminal.result(*(f"{canon.id:{width}}  {_in_a_line(canon, own)}" for canon in known))
    for file in faulty:
        name = clean(file.name)
        terminal.remark(f"{name} is not used: something is wrong in it. Say: remnant canon check {name}")
    return 0


def _in_a_line(canon: Canon, own: set[str]) -> str:
    yours = ", your own" if canon.id in own else ""
    return f"{clean(canon.name)}  ({counted(sum(1 for _ in canon.parts()), 'part')}{yours})"


def _show(wish: argparse.Namespace, settings: Settings) -> int:
    known = canons(settings.library)
    found = known.called(wish.canon) or tuple(filter(None, [known.get(wish.canon)]))
    if not found:
        raise RefusedError(
            f"No canon is called {wish.canon!r} here. `remnant canon list` names those there are; "
            "`remnant canon new NAME` writes one."
        )
    if wish.json:
        terminal.result_json({"v": 1, "canons": [to_json(canon) for canon in found]})
    else:
        terminal.result(*(line for canon in found for line in _lines(canon)))
    return 0


def _lines(canon: Canon) -> Iterator[str]:
    yield clean(f"{canon.name}  ({canon.id})")
    if canon.aliases:
        yield from terminal.folded(f"also called {', '.join(canon.aliases)}", "  ")
    for series in canon.series:
        yield ""
        yield clean(f"  {_heading(series)}")
        width = max((len(part.id) for part in series.parts), default=0)
        yield from (f"    {part.id:{width}}  {_part_line(part)}" for part in series.parts)
    for arc in canon.arcs:
        yield ""
        yield from terminal.folded(f"{arc.name}: {', '.join(arc.parts)}", "  ")
    yield from ("", *terminal.folded(f"from {', '.join(canon.sources) or 'no named source'}", "  "))


def _heading(series: CanonSeries) -> str:
    numbered = series.number is not None and f"{series.number}" not in series.name
    return f"{series.name}{f', series {series.number}' if numbered else ''}{', asked for only by name' * series.extra}"


def _part_line(part: CanonPart) -> str:
    days = ", ".join(f"{region} {day.isoformat()}" for region, day in part.released.items())
    return clean(f"{part.title or '(no title)'}{f'  ({days})' if days else ''}")


def _check(wish: argparse.Namespace, settings: Settings) -> int:
    known = canons(settings.library)
    found = [(path, read_file(_path(path, settings))) for path in wish.files]
    if wish.json:
        terminal.result_json({"v": 1, "files": [_checked(path, one, known) for path, one in found]})
    else:
        terminal.result(*(line for path, one in found for line in _verdict(path, one, known)))
    return 0 if all(isinstance(one, Canon) for _, one in found) else 1


def _path(path: str, settings: Settings) -> Path:
    """A file by its path, else one of the library's own by its name."""
    own = settings.library / "canons" / path
    return own if not Path(path).exists() and own.exists() else Path(path)


def _verdict(path: str, found: Canon | tuple[Problem, ...], known: Canons) -> Iterator[str]:
    if isinstance(found, Canon):
        yield clean(f"{path}: {found.name}, {counted(sum(1 for _ in found.parts()), 'part')}. Nothing is wrong.")
        for note in notes_on(found, known):
            yield from terminal.folded(note, "  note: ")
        return
    yield clean(f"{path}: {counted(len(found), 'thing')} to mend; until then it is not used.")
    for problem in found:
        where = f"line {problem.line}: " if problem.line is not None else ""
        yield from terminal.folded(f"{where}{problem.message} {problem.remedy}", "  ", "    ")


def _checked(path: str, found: Canon | tuple[Problem, ...], known: Canons) -> dict[str, Any]:
    if isinstance(found, Canon):
        return {"file": path, "canon": _summary(found), "problems": [], "notes": list(notes_on(found, known))}
    problems = [{"line": one.line, "message": one.message, "remedy": one.remedy} for one in found]
    return {"file": path, "canon": None, "problems": problems, "notes": []}


_REGION = re.compile(r"[A-Z]{2}")


def _new(wish: argparse.Namespace, settings: Settings) -> int:
    region = wish.region.upper() if wish.region else None
    if region and not _REGION.fullmatch(region):
        raise UsageError(f"A region has two letters, such as GB or US, and {wish.region!r} has not.")
    listing = _listing(wish.list)
    drawn = new(settings.library, wish.name, listing, PartKind(wish.kind), region, dry_run=wish.dry_run)
    if wish.json:
        canon = to_json(drawn.canon)
        terminal.result_json({"v": 1, "dry_run": wish.dry_run, "file": str(drawn.path), "canon": canon})
    else:
        terminal.result(*_drawn(drawn, dry_run=wish.dry_run))
        if listing and region is None and _DAY.search(listing):
            terminal.remark("The days in the list were left out: of which region they are was not said (--region GB).")
    return 0


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2},? (?:19|20)\d{2}|[a-z] (?:19|20)\d{2}", re.IGNORECASE)


def _drawn(drawn: Drawn, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield from clean_text(drawn.text)
        yield clean(f"This would stand in {drawn.path}. Nothing was written.")
        return
    many = counted(sum(1 for _ in drawn.canon.parts()), "part")
    yield clean(f"{drawn.canon.name}, with {many}, stands in {drawn.path}")
    yield f"Edit it in any editor, then say: remnant canon check {drawn.path.name}"


def clean_text(text: str) -> list[str]:
    return [clean(line) for line in text.splitlines()]


def _listing(source: str | None) -> str | None:
    """The pasted list: a file, or what stands on the standard input for `-`."""
    if source is None:
        return None
    try:
        if source == "-":
            return sys.stdin.read(LONGEST_LIST)
        with Path(source).open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(LONGEST_LIST)
    except OSError as error:
        raise RefusedError(f"{source} cannot be read ({error.strerror}). Nothing was written.") from None


def _summary(canon: Canon) -> dict[str, Any]:
    parts = sum(1 for _ in canon.parts())
    return {"id": canon.id, "name": canon.name, "aliases": list(canon.aliases), "parts": parts}


def to_json(canon: Canon) -> dict[str, Any]:
    return {
        "id": canon.id,
        "name": canon.name,
        "aliases": list(canon.aliases),
        "related": list(canon.related),
        "sources": list(canon.sources),
        "series": [_series_to_json(canon, series) for series in canon.series],
        "arcs": [{"name": arc.name, "aliases": list(arc.aliases), "parts": list(arc.parts)} for arc in canon.arcs],
    }


def _series_to_json(canon: Canon, series: CanonSeries) -> dict[str, Any]:
    return {
        "id": series.id,
        "number": series.number,
        "name": series.name,
        "aliases": list(series.aliases),
        "kind": series.kind.value,
        "track": series.track,
        "extra": series.extra,
        "parts": [
            {
                "id": part.id,
                "number": part.number,
                "title": part.title,
                "label": label_of(canon, part.id),
                "aliases": list(part.aliases),
                "released": {region: day.isoformat() for region, day in part.released.items()},
            }
            for part in series.parts
        ],
    }
