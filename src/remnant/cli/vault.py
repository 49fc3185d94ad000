"""`remnant vault`: copies of the library elsewhere."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded, some
from remnant.cli.watch import watch
from remnant.errors import InterruptedByUser
from remnant.library import vaulting
from remnant.library.naming import names_of
from remnant.library.vaulting import Copies, Copy, PushedTo
from remnant.model import Digest, Reader
from remnant.settings import Settings
from remnant.wire.canonical import time_to_json

NAMED = 5
NAMELESS: Mapping[Digest, str] = MappingProxyType({})


def run(wish: argparse.Namespace, settings: Settings) -> int:
    return _ACTIONS[wish.action](wish, settings)


def _add(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.library(settings) as library:
        copy = vaulting.add(
            library, wish.target, name=wish.name, recipients=tuple(wish.recipient), readers=tuple(wish.with_reader)
        )
    if wish.json:
        terminal.result_json({"v": 1, "vault": copy_to_json(copy)})
        return 0
    locked = ", locked" if copy.recipients else ""
    terminal.result(
        f"The vault {copy.name} is at {clean(copy.target)}{locked}.",
        f"{counted(copy.waiting, 'original is', 'originals are')} not in it yet.  Next: remnant vault push",
    )
    return 0


def _push(wish: argparse.Namespace, settings: Settings) -> int:
    if wish.dry_run:
        return _rehearsed(wish, settings)
    bar = watch(plain=settings.plain)
    with opened.up_to_date(settings) as library, Interrupt() as stop:
        try:
            pushed = vaulting.push(library, wish.names, identity=wish.identity, progress=bar, stop=stop)
        finally:
            bar.close()
    if wish.json:
        terminal.result_json({"v": 1, "dry_run": False, "pushed": [_pushed_to_json(one) for one in pushed]})
    else:
        terminal.result(*(line for one in pushed for line in _pushed_lines(one)))
    if any(one.stopped for one in pushed):
        return InterruptedByUser.exit_code
    return int(any(one.why or one.harmed for one in pushed))


def _rehearsed(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.library(settings) as library:
        vaults = [copy for copy in vaulting.copies(library).vaults if not wish.names or copy.name in wish.names]
    if wish.json:
        terminal.result_json({"v": 1, "dry_run": True, "vaults": [copy_to_json(copy) for copy in vaults]})
    else:
        would = (f"{one.name}: {counted(one.waiting, 'original')} would be pushed." for one in vaults)
        terminal.result(*would)
    return 0


def _status(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.library(settings) as library:
        copies = vaulting.copies(library)
        names = names_of(library, Reader(settings.reader), copies.short[:NAMED])
    if wish.json:
        terminal.result_json({"v": 1, **copies_to_json(copies)})
    else:
        terminal.result(*copies_lines(copies, names), *(line for copy in copies.vaults for line in _copy_lines(copy)))
    return int(bool(copies.short))


def _list(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.library(settings) as library:
        copies = vaulting.copies(library)
    if wish.json:
        terminal.result_json({"v": 1, "vaults": [copy_to_json(copy) for copy in copies.vaults]})
    else:
        terminal.result(*(f"{copy.name}\t{clean(copy.target)}" for copy in copies.vaults))
    return 0


def _remove(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.library(settings) as library:
        copy = vaulting.remove(library, wish.name)
    if wish.json:
        terminal.result_json({"v": 1, "vault": copy_to_json(copy)})
    else:
        terminal.result(
            f"The vault {copy.name} is forgotten here. What stands at {clean(copy.target)} was not touched;",
            f"take it up again with: remnant vault add {clean(copy.target)}",
            *(folded(_HOLDS_STILL) if copy.owes else []),
        )
    return 0


def _copies(wish: argparse.Namespace, settings: Settings) -> int:
    with opened.library(settings) as library:
        vaulting.ask_for(library, wish.number)
        copies = vaulting.copies(library)
    if wish.json:
        terminal.result_json({"v": 1, **copies_to_json(copies)})
    else:
        terminal.result(*copies_lines(copies))
    return 0


_ACTIONS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "add": _add,
    "push": _push,
    "status": _status,
    "list": _list,
    "remove": _remove,
    "copies": _copies,
}


def called(digests: Sequence[Digest], names: Mapping[Digest, str], indent: str, most: int) -> list[str]:
    """The first of many originals, by what this reader calls them, and how many there are besides."""
    labels = (f"{digest.short}: {names[digest]}" if digest in names else digest.short for digest in digests[:most])
    lines = [line for label in labels for line in folded(label, indent, f"{indent}  ")]
    more = len(digests) - most
    return [*lines, f"{indent}and {more:,} more; --json names them all"] if more > 0 else lines


def copies_lines(copies: Copies, names: Mapping[Digest, str] = NAMELESS) -> list[str]:
    """How many copies there are against how many were asked for, and what falls short."""
    asked = counted(copies.asked, "copy is", "copies are")
    head = f"{asked} asked for of each of {counted(copies.originals, 'original')}."
    if not copies.vaults:
        return [head, *folded("One copy, on this disk alone, is soon lost. Make another: remnant vault add TARGET")]
    if not copies.short:
        return [f"{head} Every one has as many, as the vaults were last read."]
    told = [
        f"  {counted(number, 'original has', 'originals have')} {_so_many(count)}" for count, number in copies.by_count
    ]
    too_few = f"  {counted(len(copies.short), 'original falls', 'originals fall')} short:"
    return [head, *told, too_few, *called(copies.short, names, "    ", NAMED), _advice(copies)]


def _advice(copies: Copies) -> str:
    if any(copy.waiting for copy in copies.vaults):
        return "  Next: remnant vault push"
    enough = len(copies.vaults) + 1 >= copies.asked
    return "  Next: remnant check --mend" if enough else "  Next: remnant vault add TARGET"


def _so_many(count: int) -> str:
    return "no whole copy" if count == 0 else counted(count, "copy", "copies")


def _copy_lines(copy: Copy) -> list[str]:
    read = f"last read {copy.oldest:%Y-%m-%d}" if copy.oldest else "never read"
    locked = ", locked" if copy.recipients else ""
    harmed = f", {counted(copy.harmed_packs, 'pack')} harmed" if copy.harmed_packs else ""
    held = f"{counted(copy.originals, 'original')} in {counted(copy.packs, 'pack')}, {copy.bytes:,} bytes"
    return [
        f"{copy.name}: {clean(copy.target)}{locked}",
        f"  {held}, {read}{harmed}",
        *([f"  {counted(copy.waiting, 'original is', 'originals are')} not in it yet"] if copy.waiting else []),
        *(["  to be looked through for what was forgotten: remnant vault push"] if copy.owes else []),
    ]


_HOLDS_STILL = (
    "It may still hold what somebody asked to be forgotten while it was away. Once it is taken up again, the next push "
    "takes that out."
)


def _pushed_lines(one: PushedTo) -> list[str]:
    if one.why:
        return folded(f"{one.name}: {one.why}")
    done = (
        f"{counted(one.originals, 'original')} pushed in {counted(one.packs, 'pack')}, {one.bytes:,} bytes, read back."
    )
    lines = [f"{one.name}: {done}" if one.packs else f"{one.name}: everything was there already."]
    if one.stopped:
        lines.append("  Stopped: what was read back counts; the next push goes on.")
    if one.harmed:
        names = (f"    {digest.short}" for digest in one.harmed)
        what = counted(len(one.harmed), "original is", "originals are")
        lines += [
            f"  {what} damaged here and did not go: remnant check --mend",
            *some(names, NAMED, "    and {:,} more"),
        ]
    if one.gone:
        lines.append(f"  {counted(one.gone, 'pack was', 'packs were')} gone from it; what they held was pushed again.")
    if one.forgotten:
        what = counted(one.forgotten, "original was", "originals were")
        lines.append(f"  {what} taken out that somebody wished forgotten while it was away.")
    if one.too_large:
        what = counted(one.too_large, "original is", "originals are")
        lines += [
            f"  {what} larger than this vault takes in one file and did not go. A bucket takes 5 GiB,",
            "  a stick formatted with FAT 4 GiB; a vault in a folder on any other disk takes them.",
        ]
    if one.unknown:
        lines.append(f"  {counted(one.unknown, 'pack')} could not be looked into, and may hold some of it already.")
    return lines


def copy_to_json(copy: Copy) -> dict[str, Any]:
    return {
        "name": copy.name,
        "target": copy.target,
        "recipients": list(copy.recipients),
        "readers": list(copy.readers),
        "packs": copy.packs,
        "harmed_packs": copy.harmed_packs,
        "bytes": copy.bytes,
        "originals": copy.originals,
        "waiting": copy.waiting,
        "owes": copy.owes,
        "oldest": time_to_json(copy.oldest) if copy.oldest else None,
    }


def copies_to_json(copies: Copies) -> dict[str, Any]:
    return {
        "asked": copies.asked,
        "originals": copies.originals,
        "by_count": [{"copies": count, "originals": number} for count, number in copies.by_count],
        "short": [f"sha512:{digest.hex}" for digest in copies.short],
        "vaults": [copy_to_json(copy) for copy in copies.vaults],
    }


def _pushed_to_json(one: PushedTo) -> dict[str, Any]:
    return {
        "name": one.name,
        "why": one.why,
        "packs": one.packs,
        "originals": one.originals,
        "bytes": one.bytes,
        "harmed": [f"sha512:{digest.hex}" for digest in one.harmed],
        "gone": one.gone,
        "unknown": one.unknown,
        "forgotten": one.forgotten,
        "too_large": one.too_large,
        "stopped": one.stopped,
    }
