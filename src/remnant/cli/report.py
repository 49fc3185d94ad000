"""`remnant report`: what became of an archive."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded, some
from remnant.cli.watch import watch
from remnant.errors import InterruptedByUser
from remnant.library.reconciling import Reconciled, Remark, reconcile
from remnant.settings import Settings

A_FEW = 10
"""Files that are named of those of which one thing is to be said."""

LISTED = 40
"""Lines of each list that a person is shown; --json has them all."""

_KINDS = {
    "story": ("story", "stories"),
    "chapter": ("chapter that stands alone", "chapters that stand alone"),
    "review": ("set of reviews", "sets of reviews"),
    "letter": ("letter", "letters"),
    "other": ("page or record without a story", "pages or records without a story"),
}


def run(wish: argparse.Namespace, settings: Settings) -> int:
    bar = watch(plain=settings.plain)
    with opened.library(settings) as library, Interrupt() as stop:
        try:
            told = reconcile(library, opened.reader(library, settings), wish.name, progress=bar, stop=stop)
        finally:
            bar.close()
    if wish.json:
        terminal.result_json(to_json(told))
    else:
        terminal.result(*lines(told))
    return InterruptedByUser.exit_code if told.stopped else int(not told.whole)


def to_json(told: Reconciled) -> dict[str, Any]:
    return {"v": 1, **asdict(told), "whole": told.whole}


def lines(told: Reconciled) -> list[str]:
    again = told.files - told.originals
    head = f"{clean(told.name)}: {counted(told.files, 'file')}, {told.bytes:,} bytes"
    found = [counted(told.found[kind], *named) for kind, named in _KINDS.items() if kind in told.found]
    return [
        head + (f", of which {again:,} came more than once" if again else ""),
        *folded(f"Found: {', '.join(found) or 'nothing'}.", "  "),
        *_posted(told),
        *_aside(told),
        *_listed("Missing", told.missing),
        *_listed("Cut or harmed", told.lost),
        *_listed("There more than once", told.repeated),
        *_listed("In no table or list", [Remark(name, "") for name in told.loose]),
        *_listed("Not read", told.unread),
        *(["", "Stopped; not everything was looked at."] if told.stopped else []),
        *(["", "All of it was read; nothing that it speaks of is missing, and nothing is cut."] if told.whole else []),
    ]


def _posted(told: Reconciled) -> list[str]:
    if not told.posted:
        return []
    were = "was" if told.posted == 1 else "were"
    stories = counted(told.posted, "story", "stories")
    return folded(f"{stories} {were} posted in {counted(told.parts, 'numbered part')}.", "  ")


def _aside(told: Reconciled) -> list[str]:
    """What is here and is no work of its own, nor said of any."""
    used = f"{counted(told.used, 'file is part', 'files are part')} of a story in another."
    seen = f"{counted(told.textless, 'is a picture or a recording', 'are pictures or recordings')}: kept, with no text."
    have = counted(told.marked, "book has", "books have")
    marks = f"{have} marks of an owner's own beside it (stars, read, remarks): kept, and shown to nobody."
    return [
        *(folded(used, "  ") if told.used else []),
        *(folded(seen, "  ") if told.textless else []),
        *(folded(marks, "  ") if told.marked else []),
    ]


def _listed(what: str, remarks: Sequence[Remark]) -> list[str]:
    """Each remark, and what is to be said of several files once."""
    if not remarks:
        return []
    told: dict[str, list[str]] = {}
    for one in remarks[:LISTED]:
        told.setdefault(one.message, []).append(clean(one.name))
    shown = [line for message, names in told.items() for line in _said(message, names)]
    more = [f"  and {len(remarks) - LISTED:,} more: --json lists them all"] if len(remarks) > LISTED else []
    return ["", f"{what} ({len(remarks):,})", *shown, *more]


def _said(message: str, names: Sequence[str]) -> list[str]:
    if not message or len(names) == 1:
        return [line for name in names for line in folded(f"{name}: {message}".rstrip(": "), "  ")]
    return [*folded(message, "  "), *some((f"    {name}" for name in names), A_FEW, "    and {:,} more")]
