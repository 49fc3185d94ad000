"""`remnant wish`: what somebody wishes of a work, recorded and honoured."""

from __future__ import annotations

import argparse
from typing import Any

from remnant.cli import forgetting, opened, terminal
from remnant.cli.terminal import clean, folded
from remnant.cli.wish_words import WISHES
from remnant.errors import RefusedError, UsageError
from remnant.library.giving import where
from remnant.library.opening import Library
from remnant.library.wishing import Standing, Wished, alike_forgotten, standings, take_back, wish
from remnant.model import Reader, WorkWish
from remnant.settings import Settings

_FORGET = "forget"
_HONOURED = {
    WorkWish.PRIVATE: "it is never served beyond this device, exported or put in a join",
    WorkWish.WITHHOLD_NAME: "its author's name stands nowhere",
    WorkWish.SEAL: "it is kept and proved, and shown to nobody",
}


_ALIKE = (
    "These say much the same as something that somebody asked to be forgotten here. Decide about each: remnant wish "
    "WORK forget takes it out."
)


def run(asked: argparse.Namespace, settings: Settings) -> int:
    words = list(asked.words)
    if asked.finish or words[-1:] == [_FORGET]:
        return forgetting.run(asked, words[:-1], settings)
    with opened.up_to_date(settings) as library:
        reader = opened.reader(library, settings)
        if not reader.is_trusted:
            raise RefusedError("Who may not open what is veiled does not record wishes either. Nothing was changed.")
        if not words:
            return _listed(library, reader, json=asked.json)
        return _recorded(library, words, asked, settings)


def _recorded(library: Library, words: list[str], asked: argparse.Namespace, settings: Settings) -> int:
    if len(words) != 2 or words[1] not in WISHES:
        raise UsageError(f"Say which work and which wish: remnant wish WORK {'|'.join(WISHES)}.")
    what = WorkWish(words[1])
    do = take_back if asked.undo else wish
    wished = do(library, settings.reader, words[0], what, dry_run=asked.dry_run)
    if asked.json:
        terminal.result_json(to_json(wished, dry_run=asked.dry_run))
    else:
        terminal.result(*lines(wished, what, undo=asked.undo, dry_run=asked.dry_run))
    return 0


def lines(wished: Wished, what: WorkWish, *, undo: bool, dry_run: bool) -> list[str]:
    if not wished.changed:
        return [f"Of work {wished.work} nothing was to be changed: that wish {'does not stand' if undo else 'stands'}."]
    if undo:
        return [f"Of work {wished.work} the wish “{what}” {'would be taken back' if dry_run else 'no longer stands'}."]
    honoured = f"Of work {wished.work}: {_HONOURED[what]}{', from now on' if not dry_run else ''}."
    later = [] if wished.indexed or dry_run else [opened.LATER]
    how = "Nothing was written." if dry_run else f"Taken back with: remnant wish {wished.work} {what} --undo"
    return [*folded(honoured), *later, how, *_exported(wished)]


def _exported(wished: Wished) -> list[str]:
    """Files outside of the library are their owner's: they are named, and nobody deletes them."""
    if not wished.exports:
        return []
    head = "Written earlier, and lying there as they were. Delete them yourself, and the copies made of them:"
    return [*folded(head), *(f"  {clean(where(path))}" for path in wished.exports)]


def _listed(library: Library, reader: Reader, *, json: bool) -> int:
    found, alike = standings(library, reader), alike_forgotten(library, reader)
    if json:
        works, like = ([_standing_to_json(one) for one in some] for some in (found, alike))
        terminal.result_json({"v": 1, "works": works, "alike": like})
        return 0
    if found:
        terminal.result(*(line for one in found for line in _told(one)))
    else:
        terminal.result("No wish stands. remnant wish WORK private|withhold-name|seal|forget records one.")
    if alike:
        terminal.result("", *folded(_ALIKE), *(line for one in alike for line in _told(one)))
    return 0


def _told(one: Standing) -> list[str]:
    label = "" if one.label is None else f"  {clean(one.label)}"
    return [f"{one.work}  {', '.join(sorted(one.wishes))}{label}".rstrip()]


def _standing_to_json(one: Standing) -> dict[str, Any]:
    return {"work": one.work, "label": one.label, "wishes": sorted(one.wishes)}


def to_json(wished: Wished, *, dry_run: bool) -> dict[str, Any]:
    return {
        "v": 1,
        "work": wished.work,
        "dry_run": dry_run,
        "wishes": sorted(wished.wishes),
        "changed": wished.changed,
        "indexed": wished.indexed,
        "exports": [where(path) for path in wished.exports],
    }
