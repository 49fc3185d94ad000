"""`remnant add`: take in files, and say in a few lines what was understood and what was not."""

from __future__ import annotations

import argparse
import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded, some
from remnant.cli.watch import watch
from remnant.errors import InterruptedByUser
from remnant.library import records
from remnant.library.adding import Added, Refused, Twin, add
from remnant.library.bundling import Together
from remnant.library.listing import Noted, Unread
from remnant.model import Severity
from remnant.settings import Settings

NAMED, A_FEW = 6, 4
"""How many reasons the summary tells, and how many names to each; --json tells all."""
_MORE = "    and {:,} more"


def run(wish: argparse.Namespace, settings: Settings) -> int:
    paths = [Path(path) for path in wish.paths]
    added = _rehearsed(paths, settings, wish) if wish.dry_run else _added(paths, settings, wish)
    if wish.json:
        terminal.result_json(to_json(added, settings, dry_run=wish.dry_run))
    else:
        terminal.result(*summary(added, settings, dry_run=wish.dry_run))
    return exit_code(added)


def _added(paths: Sequence[Path], settings: Settings, wish: argparse.Namespace) -> Added:
    bar = watch(plain=settings.plain)
    with opened.library(settings, create=True) as library, Interrupt() as stop:
        try:
            return add(library, paths, progress=bar, stop=stop, despite=wish.despite_wish)
        finally:
            bar.close()


def _rehearsed(paths: Sequence[Path], settings: Settings, wish: argparse.Namespace) -> Added:
    from remnant.library.rehearsing import rehearse

    bar = watch(plain=settings.plain)
    with Interrupt() as stop:
        try:
            return rehearse(
                settings.library,
                paths,
                progress=bar,
                stop=stop,
                jobs=settings.jobs,
                limits=opened.limits(settings),
                despite=wish.despite_wish,
            )
        finally:
            bar.close()


def exit_code(added: Added) -> int:
    if added.stopped:
        return InterruptedByUser.exit_code
    lost = any(noted.finding.severity is Severity.LOSS for noted in added.findings)
    return int(lost or bool(added.refused))


def summary(added: Added, settings: Settings, *, dry_run: bool) -> list[str]:
    """What came, what it is, what could not be read or taken in and why, and what to do next."""
    kept = "would be kept" if dry_run else "kept"
    lines = [
        f"{counted(len(added.kept), 'new file')} {kept}, {counted(len(added.works), 'work')} understood.",
        *_twins(added),
        *_mended(added.mended),
        *_redacted(added, dry_run=dry_run),
        *_unread(added.unread),
        *_refused(added.refused),
        *_passed(added.passed),
        *_findings(added.findings),
        *_alike(added.alike),
        *belonging(added.together),
    ]
    if added.waiting:
        lines += folded(_waiting(added))
    if not dry_run:
        lines += ["", f"The library is in {clean(str(settings.library))}", *_next(settings)]
    return lines


def _next(settings: Settings) -> list[str]:
    usual = Settings.read({}).library
    where = "" if settings.library == usual else f" --library {clean(shlex.quote(str(settings.library)))}"
    return [f"Read it in a browser:  remnant serve{where}"]


def _waiting(added: Added) -> str:
    files = counted(added.waiting, "file is", "files are")
    if added.stopped:
        return f"{files} kept and not indexed yet; the next command goes on with that."
    return f"{files} kept and being indexed by another process; nothing is left for you to do."


def _twins(added: Added) -> list[str]:
    """By name only beside something new: whoever adds a folder again knows what was in it."""
    if not added.twins:
        return []
    names = [f"    {_named(twin.name, twin.inside)}" for twin in added.twins] if added.kept else []
    head = f"{counted(len(added.twins), 'file was', 'files were')} here already, byte for byte."
    return [head, *some(names, A_FEW, "    and {:,} more")]


def _mended(mended: Sequence[Twin]) -> list[str]:
    names = [f"    {_named(twin.name, twin.inside)}" for twin in mended]
    return [f"{counted(len(mended), 'damaged or missing original')} mended by a good copy:", *names] if mended else []


def _redacted(added: Added, *, dry_run: bool) -> list[str]:
    """Their names, and that what is kept is not what came."""
    if not added.redacted:
        return []
    files = counted(len(added.redacted), "file holds", "files hold")
    does = "would be kept" if dry_run else "is kept"
    head = f"{files} something that somebody asked to be forgotten. A marked copy without it {does} instead:"
    return [*folded(head), *some([f"    {_named(one.name, one.inside)}" for one in added.redacted], A_FEW, _MORE)]


def _alike(works: Sequence[str]) -> list[str]:
    """Kept, and named: only a person can tell whether it is what somebody meant."""
    if not works:
        return []
    head = (
        f"{counted(len(works), 'work says', 'works say')} much the same as something that somebody asked to be "
        "forgotten here. Kept, for you to decide; remnant wish WORK forget takes it out:"
    )
    return [*folded(head), *some([f"    {work}" for work in works], A_FEW, _MORE)]


def belonging(together: Sequence[Together]) -> list[str]:
    """What a dry run, which reads file by file, does not do: a few by name, since a library has thousands of books."""
    if not together:
        return []
    found = counted(len(together), "thing was", "things were")
    head = f"{found} read alone here, and would be understood with what stands beside it, if its own words say so:"
    told = (
        f"    {one.called}, with {counted(one.companions, 'file')}: {_named(one.name, one.inside)}" for one in together
    )
    return [*folded(head), *some(told, A_FEW, _MORE)]


def _unread(unread: Sequence[Unread]) -> list[str]:
    head = f"{counted(len(unread), 'file is', 'files are')} kept and could not be read:"
    return _reasons(head, ((_named(one.name, one.inside), one.why) for one in unread)) if unread else []


def _refused(refused: Sequence[Refused]) -> list[str]:
    head = f"{counted(len(refused), 'thing was', 'things were')} refused, and nothing of it was changed:"
    return _reasons(head, ((_named(one.name, one.inside), one.why) for one in refused)) if refused else []


def _passed(passed: Sequence[Refused]) -> list[str]:
    head = f"{counted(len(passed), 'thing was', 'things were')} passed over:"
    return _reasons(head, ((_named(one.name, one.inside), one.why) for one in passed)) if passed else []


def _reasons(head: str, reasons: Iterable[tuple[str, str]]) -> list[str]:
    """The names under each reason: a few of each, so that a summary stays one."""
    by_reason: dict[str, list[str]] = {}
    for name, why in reasons:
        by_reason.setdefault(why, []).append(name)
    told = [_reason(why, names) for why, names in list(by_reason.items())[:NAMED]]
    left = sum(map(len, list(by_reason.values())[NAMED:]))
    rest = [f"  and {left:,} more, for other reasons; --json and the web reader name them all"] if left else []
    return [head, *(line for lines in told for line in lines), *rest]


def _reason(why: str, names: list[str]) -> list[str]:
    return [*folded(why, "  ", "  "), *some((f"    {name}" for name in names), A_FEW, "    and {:,} more")]


def _findings(findings: Sequence[Noted]) -> list[str]:
    """Losses by name, warnings and notes counted: they are told where the work is shown."""
    lost = [noted for noted in findings if noted.finding.severity is Severity.LOSS]
    lines = _reasons("Something is lost in:", ((clean(n.name), n.finding.message) for n in lost)) if lost else []
    counts = Counter(noted.finding.severity for noted in findings)
    said = [counted(counts[s], s.value) for s in (Severity.WARNING, Severity.NOTE) if counts[s]]
    return [*lines, f"{' and '.join(said)} on what was read: remnant show WORK tells them."] if said else lines


def _named(name: str, inside: tuple[str, ...]) -> str:
    return clean(" > ".join((*inside, name)))


def to_json(added: Added, settings: Settings, *, dry_run: bool) -> dict[str, Any]:
    return {
        "v": 1,
        "library": str(settings.library),
        "dry_run": dry_run,
        "kept": [f"sha512:{original.digest.hex}" for original in added.kept],
        "works": list(added.works),
        "twins": [_came(twin) for twin in added.twins],
        "mended": [_came(twin) for twin in added.mended],
        "unread": [_came(one) | {"why": one.why, "again": one.again} for one in added.unread],
        "refused": [{"name": one.name, "inside": list(one.inside), "why": one.why} for one in added.refused],
        "passed": [{"name": one.name, "inside": list(one.inside), "why": one.why} for one in added.passed],
        "findings": [records.finding(noted) for noted in added.findings],
        "redacted": [_came(one) for one in added.redacted],
        "alike": list(added.alike),
        "together": [asdict(one) for one in added.together],
        "waiting": added.waiting,
        "stopped": added.stopped,
    }


def _came(one: Twin | Unread) -> dict[str, Any]:
    return {"name": one.name, "inside": list(one.inside), "original": f"sha512:{one.original.digest.hex}"}
