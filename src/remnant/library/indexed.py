"""What became of an original that was read for the index, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.library.pool import Stopped
from remnant.model import Finding, Original, Severity
from remnant.understand.versions import READER

TRY_AGAIN = "It may be tried again: remnant rebuild."
"""Ends the reason of whatever a stopped worker left unread."""

CONTAINERS = frozenset(
    f"application/{name}" for name in ("zip", "x-tar", "gzip", "x-bzip2", "x-xz", "vnd.calibre", "vnd.yahoo-group")
)
"""Opened at the door, or a list of others: what is in them is originals of their own, so nothing is left unread."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of one original: the works in it, or why there are none. `alike` say what somebody wished gone."""

    original: Original
    works: tuple[str, ...]
    findings: tuple[Finding, ...]
    unread: str | None
    alike: tuple[str, ...] = ()


def works_version() -> str:
    """Names the cached lists of which works an original held when it was last read."""
    return f"works of reader {READER.version}"


def stopped_sentence(stopped: Stopped) -> str:
    return f"Not read: {stopped.why}. {TRY_AGAIN}" if stopped.again else f"Not read: {stopped.why}."


def unread_sentence(form: str, made: tuple[Finding, ...]) -> str:
    """The gravest thing found says why; if nothing was found, nobody here can read such a file yet."""
    order = (Severity.LOSS, Severity.WARNING, Severity.NOTE)
    gravest = sorted(made, key=lambda finding: order.index(finding.severity))
    return gravest[0].message if gravest else f"Nothing here reads this kind of file yet ({form})."
