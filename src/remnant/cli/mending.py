"""What `remnant check` says of vaults and copies, and what `--mend` did."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from remnant.cli import vault
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded
from remnant.cli.watch import Watch
from remnant.library.mending import Mended, Tended, tend
from remnant.library.naming import names_of
from remnant.library.opening import Library
from remnant.library.vaulting import copies
from remnant.model import Digest, Reader

NAMED = 20


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a check: lines for people, members for programs, and whether anything is wrong beyond the shelf.

    `changed`: something of the library was mended, so that what the check said of it before no longer holds.
    """

    lines: list[str] = field(default_factory=list)
    json: dict[str, Any] = field(default_factory=dict)
    harmed: bool = False
    short: bool = False
    changed: bool = False


def tended(
    library: Library, wish: argparse.Namespace, reader: Reader, harmed: list[Digest], bar: Watch, stop: Interrupt
) -> Ending:
    """Read the vaults, and mend, if that is wished."""
    if not (wish.vaults or wish.mend):
        return Ending()
    done = tend(library, mend=wish.mend, harmed=harmed, identity=wish.identity, progress=bar, stop=stop)
    return Ending(
        lines=_lines(done, names_of(library, reader, (*done.originals, *done.left)), mend=wish.mend),
        json={"mended": _to_json(done)}
        if wish.mend
        else {"vaults_read": [_tended_to_json(one) for one in done.vaults]},
        harmed=bool(done.left) or any(one.left for one in done.vaults),
        changed=bool(done.originals or done.files),
    )


def counted_copies(library: Library, reader: Reader, harmed: list[Digest]) -> Ending:
    """How many copies there are, against how many are asked for."""
    found = copies(library, harmed)
    names = names_of(library, reader, found.short[: vault.NAMED])
    return Ending(vault.copies_lines(found, names), {"copies": vault.copies_to_json(found)}, short=bool(found.short))


def _lines(done: Mended, names: Mapping[Digest, str], *, mend: bool) -> list[str]:
    lines = [line for one in done.vaults for line in _tended_lines(one, mend=mend)]
    if done.originals:
        lines += [
            f"{counted(len(done.originals), 'original')} mended:",
            *vault.called(done.originals, names, "  ", NAMED),
        ]
    lines += [f"Mended: {clean(name)}" for name in done.files]
    for name in done.locked:
        lines += folded(f"The vault {name} is locked and could not help: --identity FILE names its secret key.")
    if done.left:
        head = f"{counted(len(done.left), 'original is', 'originals are')} still harmed; no vault here has them whole:"
        lines += [head, *vault.called(done.left, names, "  ", NAMED)]
    return lines


def _tended_lines(one: Tended, *, mend: bool) -> list[str]:
    if one.why:
        return folded(f"The vault {one.name} was not read: {one.why}")
    if not one.troubles:
        return [f"The vault {one.name}: {counted(one.packs, 'pack')} read, every one whole.", *_remarks(one)]
    shown = one.left if mend else one.troubles
    made_good = len(one.troubles) - len(one.left)
    lines = [f"The vault {one.name}: {counted(made_good, 'thing')} mended."] if mend and made_good > 0 else []
    if shown:
        what = counted(len(shown), "thing is", "things are")
        lines.append(f"The vault {one.name}: {what} {'still ' if mend else ''}not as it should be:")
        lines += [line for trouble in shown[:NAMED] for line in folded(trouble, "  ", "    ")]
        lines += [f"  and {len(shown) - NAMED:,} more; --json names them all"] if len(shown) > NAMED else []
    return [*lines, *_remarks(one)]


def _remarks(one: Tended) -> list[str]:
    return [line for remark in one.remarks for line in folded(f"(odd, nothing lost) {remark}", "  ", "    ")]


def _to_json(done: Mended) -> dict[str, Any]:
    return {
        "originals": [f"sha512:{digest.hex}" for digest in done.originals],
        "files": list(done.files),
        "left": [f"sha512:{digest.hex}" for digest in done.left],
        "locked": list(done.locked),
        "vaults": [_tended_to_json(one) for one in done.vaults],
    }


def _tended_to_json(one: Tended) -> dict[str, Any]:
    return {
        "name": one.name,
        "why": one.why,
        "packs": one.packs,
        "troubles": list(one.troubles),
        "left": list(one.left),
        "remarks": list(one.remarks),
    }
