"""`remnant wish WORK forget`: said first, asked, done, and told what went and what remains."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.terminal import clean, counted, folded, some
from remnant.cli.watch import watch
from remnant.errors import RefusedError, UsageError
from remnant.library.forgetting import Receipt, finish, finish_elsewhere, forget
from remnant.library.forgetting_plans import Named, Plan, plan_of_person, plan_of_work
from remnant.library.giving import where
from remnant.library.opening import Library
from remnant.model import Reader
from remnant.settings import Settings

NAMED = 20
UNDONE = "What is forgotten cannot be brought back from here. Forget it? [y/N] "
REMAINS = (
    "Not known to Remnant, and not reached: copies that somebody made of this folder, books that were downloaded "
    "through a browser, what others wrote of it, what a disk keeps of deleted files."
)


def run(asked: argparse.Namespace, words: list[str], settings: Settings) -> int:
    with opened.up_to_date(settings) as library:
        if asked.finish:
            return _finished(library, asked, settings)
        if bool(asked.person) == bool(words) or len(words) > 1:
            raise UsageError("Say what: remnant wish WORK forget, or remnant wish forget --person NAME.")
        if asked.undo:
            raise UsageError(
                "What was forgotten is gone, and no undo brings it back. If it comes again, "
                "remnant add --despite-wish keeps it."
            )
        reader = opened.reader(library, settings)
        if not reader.is_trusted:
            raise RefusedError("Who may not open what is veiled forgets nothing here. Nothing was changed.")
        receipt = None if asked.dry_run else _gone_on(library, asked, settings)
        if receipt is not None and receipt.speaks_of(words):
            _tell(receipt, asked)
            return int(bool(receipt.unfinished))
        plan = _plan(library, asked, words, reader)
        if asked.json and asked.dry_run:
            terminal.result_json(plan_to_json(plan))
            return 0
        if not asked.json:
            terminal.result(*plan_lines(plan))
        if asked.dry_run:
            terminal.result("Nothing was changed.")
            return 0
        if not (asked.yes or _agrees()):
            terminal.result("Nothing was changed.")
            return 0
        bar = watch(plain=settings.plain)
        try:
            receipt = forget(library, plan, progress=bar, identity=asked.identity)
        finally:
            bar.close()
    _tell(receipt, asked)
    return int(bool(receipt.unfinished))


def _finished(library: Library, asked: argparse.Namespace, settings: Settings) -> int:
    receipt = _gone_on(library, asked, settings) or finish_elsewhere(library, identity=asked.identity)
    if receipt is None:
        terminal.result("No forgetting was stopped; there is nothing to go on with.")
        return 0
    _tell(receipt, asked)
    return int(bool(receipt.unfinished))


def _gone_on(library: Library, asked: argparse.Namespace, settings: Settings) -> Receipt | None:
    """Go on with a forgetting that was stopped, if there is one: somebody said yes to it."""
    bar = watch(plain=settings.plain)
    try:
        return finish(library, progress=bar, identity=asked.identity)
    finally:
        bar.close()


def _plan(library: Library, asked: argparse.Namespace, words: list[str], reader: Reader) -> Plan:
    if asked.person:
        return plan_of_person(library, reader, asked.person, with_neighbours=asked.with_neighbours)
    return plan_of_work(library, reader, words[0], with_neighbours=asked.with_neighbours)


def _agrees() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("Nobody is here to say yes to forgetting. Nothing was changed. Add --yes.")
    return terminal.answer(UNDONE).lower() in ("y", "yes")


def _tell(receipt: Receipt, asked: argparse.Namespace) -> None:
    if asked.json:
        terminal.result_json(receipt_to_json(receipt))
    else:
        terminal.result(*receipt_lines(receipt))


def plan_lines(plan: Plan) -> list[str]:
    said = ["To be forgotten:", *some(_named(plan.works), NAMED, "  and {:,} more")] if plan.works else []
    if plan.partly:
        said += ["Of these, only what this person wrote in it:"]
        said += some(_named(plan.partly), NAMED, "  and {:,} more")
    if plan.beside:
        said += ["With it go, from the same file:", *some(_named(plan.beside), NAMED, "  and {:,} more")]
    said += folded(
        f"{counted(len(plan.gone), 'original')} will leave the shelf, every line of ledger and journal that speaks of "
        "it will be closed, and places that readers kept in it go."
    )
    if plan.copies:
        held = counted(len(plan.copies), "container that holds it is", "containers that hold it are")
        said += folded(f"{held} replaced by a marked copy without it.")
    if plan.staying:
        said += ["These stay, in that copy:", *some(_named(plan.staying), NAMED, "  and {:,} more")]
    if plan.stories:
        said += ["Stories by the same name stay. Each is forgotten by its id:"]
        said += some(_named(plan.stories), NAMED, "  and {:,} more")
    if plan.exports:
        said += ["Exports that will be deleted, if they are still as they were written:"]
        said += some((f"  {clean(where(path))}" for path in plan.exports), NAMED, "  and {:,} more")
    if plan.near:
        said += ["These say some of the same, and stay. Decide about each:"]
        told = (f"  {one.work}  {_how_near(near.share, near.quoted)}  {_label(one)}" for one, near in plan.near)
        said += some(told, NAMED, "  and {:,} more")
    return said


def _named(works: tuple[Named, ...]) -> list[str]:
    return [f"  {one.work}  {_label(one)}" for one in works]


def _label(one: Named) -> str:
    return "(sealed)" if one.label is None else clean(one.label)


def _how_near(share: float, quoted: int) -> str:
    return f"{share:.0%} of it" if share >= 0.2 else f"quotes {counted(quoted, 'run')} of words"


def receipt_lines(receipt: Receipt) -> list[str]:
    said = ["What was left of an earlier forgetting was tried again."] if receipt.stone is None else [_gone(receipt)]
    if receipt.copies:
        said.append(f"{counted(receipt.copies, 'container')} replaced by a marked copy.")
    if receipt.exports:
        said.append(f"{counted(len(receipt.exports), 'export')} deleted.")
    if receipt.vaults:
        said.append(f"Vaults cleared: {clean(', '.join(receipt.vaults))}")
    lines = [line for one in said for line in folded(one)]
    if receipt.unfinished:
        lines += ["Unfinished:", *(line for one in receipt.unfinished for line in folded(one, "  ", "    "))]
    if receipt.stone is not None:
        lines += folded(
            f"What remains here: the tombstone {receipt.stone}. It says nothing of what was forgotten, and knows it "
            "again when it comes."
        )
    return [*lines, *folded(REMAINS)]


def _gone(receipt: Receipt) -> str:
    return (
        f"Forgotten: {counted(receipt.originals, 'original')} left the shelf, "
        f"{counted(receipt.lines, 'line of ledger and journal was', 'lines of ledger and journal were')} closed, "
        f"{counted(receipt.words, 'place')} of readers went, and the index was made again."
    )


def plan_to_json(plan: Plan) -> dict[str, Any]:
    return {
        "v": 1,
        "dry_run": True,
        "works": [_to_json(one) for one in plan.works],
        "partly": [_to_json(one) for one in plan.partly],
        "stories": [_to_json(one) for one in plan.stories],
        "beside": [_to_json(one) for one in plan.beside],
        "staying": [_to_json(one) for one in plan.staying],
        "originals": [f"sha512:{digest.hex}" for digest in plan.gone],
        "containers": len(plan.copies),
        "exports": [where(path) for path in plan.exports],
        "near": [{**_to_json(one), "share": near.share, "quoted": near.quoted} for one, near in plan.near],
    }


def _to_json(one: Named) -> dict[str, Any]:
    return {"work": one.work, "label": one.label}


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "v": 1,
        "dry_run": False,
        "tombstone": receipt.stone,
        "originals": receipt.originals,
        "containers": receipt.copies,
        "lines": receipt.lines,
        "places": receipt.words,
        "exports": [where(path) for path in receipt.exports],
        "vaults": list(receipt.vaults),
        "unfinished": list(receipt.unfinished),
    }
