"""`remnant understand`: what a file is, keeping nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.add import belonging
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded
from remnant.errors import InterruptedByUser
from remnant.library.adding import Refused
from remnant.library.bundling import Together
from remnant.library.listing import Unread
from remnant.library.reading import Outcome, Understood, understand_files
from remnant.model import Claim, Finding, Piece, Reader, Reading, Severity
from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    code, together = 0, list[Together]()
    with Interrupt() as stop:
        paths = [Path(path) for path in wish.paths]
        for outcome in understand_files(
            paths,
            Reader(settings.reader),
            unveiled=wish.unveiled,
            stop=stop,
            jobs=settings.jobs,
            limits=opened.limits(settings),
        ):
            if isinstance(outcome, Together):
                together.append(outcome)
            elif wish.json:
                terminal.result_json(to_json(outcome))
            else:
                terminal.result(*lines(outcome), "")
            code = code if isinstance(outcome, Together) else max(code, exit_code(outcome))
        terminal.remark(*belonging(together))
        return InterruptedByUser.exit_code if stop() else code


def exit_code(outcome: Outcome) -> int:
    match outcome:
        case Refused():
            return 1
        case Unread():
            return int(outcome.again)
        case Understood(reading=reading):
            return int(any(finding.severity is Severity.LOSS for finding in reading.findings))


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The contract object; for a file that gave none, its name and why."""
    match outcome:
        case Understood():
            return outcome.to_json()
        case Unread():
            return {"v": 1, "name": outcome.name, "inside": list(outcome.inside), "unread": outcome.why}
        case Refused():
            return {"v": 1, "name": outcome.name, "inside": list(outcome.inside), "refused": outcome.why}


def lines(outcome: Outcome) -> list[str]:
    named = clean(" > ".join((*outcome.inside, outcome.name)))
    match outcome:
        case Understood():
            return [named, *_reading(outcome)]
        case _:
            return [named, *folded(outcome.why, "  ")]


def _reading(understood: Understood) -> list[str]:
    reading = understood.reading
    parts = ", ".join(dict.fromkeys(part.encoding for part in reading.parts)) or "no text"
    by = f", made by {reading.dialect}" if reading.dialect else ""
    shown = folded(f"{reading.format}{by}, {parts}", "  ")
    if understood.unread is not None:
        shown += folded(understood.unread, "  ")
    for piece in reading.pieces:
        shown += _piece(reading, piece)
    return shown + [line for finding in reading.findings for line in _finding(finding)]


def _piece(reading: Reading, piece: Piece) -> list[str]:
    blocks = reading.blocks_of(piece)
    words = sum(len(block.text.split()) for block in blocks if block.role.value == "story")
    sections = counted(piece.last - piece.first + 1, "section")
    shown = [clean(f"  {piece.kind.value} {piece.key}: {counted(words, 'word')} of story, {sections}")]
    for claim in reading.claims:
        if claim.piece == piece.key:
            shown += _claim(claim)
    return shown


def _claim(claim: Claim) -> list[str]:
    value = claim.value or "none"
    places = ", ".join(f"{region.part} {region.start}-{region.end}".strip() for region in claim.evidence)
    at = f", at {places}" if places else ""
    return folded(f"{claim.field.value}: {value} ({claim.confidence.value}{at})", "    ", "      ")


def _finding(finding: Finding) -> list[str]:
    return folded(f"{finding.severity.value}: {finding.message} ({finding.code})", "  ", "    ")
