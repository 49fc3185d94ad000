"""`remnant seen`: what somebody has seen, told and changed."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from shlex import quote
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.terminal import clean, folded
from remnant.errors import UsageError
from remnant.library.opening import Library
from remnant.library.seen import Asked, How, Line, ledger, put_in_order, see, to_ask, whose_ledger
from remnant.model import Reader
from remnant.settings import Settings

MOST_BYTES = 1 << 20
WAYS = {"only": How.ONLY, "clip": How.CLIP, "all": How.ALL, "none": How.NONE, "dont_mind": How.DONT_MIND}


def run(wish: argparse.Namespace, settings: Settings) -> int:
    way = next((how for name, how in WAYS.items() if getattr(wish, name)), How.UP_TO)
    if wish.canon is None and (way is not How.UP_TO or wish.region or wish.order):
        raise UsageError("Say of what: remnant seen CANON PART. Without any of it, remnant seen lists what you said.")
    with opened.up_to_date(settings) as library:
        reader = opened.reader(library, settings)
        if wish.canon is not None:
            return _tell_one(_said(library, reader, wish, way), wish)
        whose = whose_ledger(library, reader, wish.whose)
        said, asked = ledger(library, whose), to_ask(library, whose)
    if wish.json:
        terminal.result_json({"v": 1, "seen": [_to_json(line) for line in said], "asked": list(map(_asked, asked))})
    else:
        terminal.result(*_lines(said, asked))
    return 0


def _said(library: Library, reader: Reader, wish: argparse.Namespace, way: How) -> Line:
    if wish.order:
        line = put_in_order(library, reader, wish.canon, _parts_in(wish.order), of=wish.whose)
        if wish.part is None and way is How.UP_TO:
            return line
    return see(library, reader, wish.canon, wish.part, way, region=wish.region, of=wish.whose)


def _parts_in(path: str) -> list[str]:
    """The lines of a file, or of what is handed in."""
    try:
        with nullcontext(sys.stdin) if path == "-" else Path(path).open(encoding="utf-8") as source:
            text = source.read(MOST_BYTES)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"The order in {path} cannot be read ({error}). Nothing was changed.") from None
    return [line.strip() for line in text.splitlines() if line.strip()]


def _tell_one(line: Line, wish: argparse.Namespace) -> int:
    if wish.json:
        terminal.result_json({"v": 1, "seen": [_to_json(line)]})
        return 0
    terminal.result(clean(f"{line.name}: {line.told}."))
    if not line.described and line.canon != "*":
        terminal.remark(*folded("Nobody has described it here yet, so your words count as written."))
    return 0


def _lines(said: tuple[Line, ...], asked: tuple[Asked, ...]) -> list[str]:
    shown = [clean(f"{line.name}: {line.told}") for line in said] or ["You have not said yet what you have seen."]
    if asked:
        shown += ["", "Stories here warn of spoilers for these, and are veiled until you say more:"]
        shown += [clean(f"  {one.name}: {one.works:,} veiled; remnant seen {quote(one.canon)} ...") for one in asked]
    return shown


def _to_json(line: Line) -> dict[str, Any]:
    seen = line.seen
    return {
        "canon": line.canon,
        "name": line.name,
        "described": line.described,
        "up_to": seen.up_to,
        "parts": sorted(seen.parts),
        "clips": sorted(seen.clips),
        "everything": seen.everything,
        "dont_mind": seen.dont_mind,
        "region": seen.region,
        "order": list(seen.order),
        "told": line.told,
    }


def _asked(one: Asked) -> dict[str, Any]:
    return {"canon": one.canon, "name": one.name, "works": one.works}
