"""Which folders of the shelf were looked through when: remembered in the ledger, so that a check can be done in parts.

A folder is known by its number, the three hex digits of its name: that tells nothing of what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from remnant.keep.ledger import Event, Ledger
from remnant.wire.canonical import UNREADABLE, time_from_json, time_to_json

FOLDERS = 16**3
_CHECKED = "checked"
_ROW = re.compile(r"([0-9a-f]{3})(?:-([0-9a-f]{3}))?")


@dataclass(frozen=True, slots=True)
class Look:
    """Folders that were looked through, what was found whole in them, and in which of them something was harmed."""

    begun: datetime
    folders: frozenset[int]
    harmed: frozenset[int]
    originals: int
    size: int


@dataclass(frozen=True, slots=True)
class Audited:
    """The last look at each folder, by its number in the order of looks; -1 where there was none."""

    looks: Sequence[Look]
    last: Sequence[int]

    @property
    def since(self) -> datetime | None:
        """Every folder was looked through since then; None if one never was."""
        return None if -1 in self.last else min(self.looks[number].begun for number in self.last)

    def order(self) -> list[int]:
        """Every folder: first where something was harmed, then what was never looked at, then the longest ago."""
        return sorted(range(FOLDERS), key=lambda folder: (not self._is_harmed(folder), self.last[folder], folder))

    def _is_harmed(self, folder: int) -> bool:
        return self.last[folder] >= 0 and folder in self.looks[self.last[folder]].harmed


def remember(ledger: Ledger, look: Look, now: datetime) -> None:
    """Write down that these folders were looked through."""
    detail = {
        "begun": time_to_json(look.begun),
        "folders": _ranges(look.folders),
        "harmed": _ranges(look.harmed),
        "originals": look.originals,
        "bytes": look.size,
    }
    ledger.record([Event(_CHECKED, None, detail)], now)


def audited(ledger: Ledger) -> Audited:
    """What was looked at so far on this copy's shelf."""
    looks = list(_looks(ledger.checks()))
    last = [-1] * FOLDERS
    for number, look in enumerate(looks):
        for folder in look.folders:
            last[folder] = number
    return Audited(looks, last)


def _looks(checks: Iterable[Event]) -> Iterator[Look]:
    """What cannot be read is passed over: then it counts as not looked at."""
    for check in checks:
        try:
            yield _look(check.detail)
        except UNREADABLE:
            continue


def _look(detail: Mapping[str, object]) -> Look:
    return Look(
        time_from_json(str(detail["begun"])),
        _numbers(str(detail["folders"])),
        _numbers(str(detail["harmed"])),
        int(str(detail["originals"])),
        int(str(detail["bytes"])),
    )


def _ranges(folders: Iterable[int]) -> str:
    """`000-0ff,1a2`: numbers in a row are named by the first and the last."""
    rows: list[list[int]] = []
    for folder in sorted(folders):
        if rows and rows[-1][1] == folder - 1:
            rows[-1][1] = folder
        else:
            rows.append([folder, folder])
    return ",".join(f"{first:03x}" if first == last else f"{first:03x}-{last:03x}" for first, last in rows)


def _numbers(ranges: str) -> frozenset[int]:
    """ValueError if these are not numbers of folders."""
    found: set[int] = set()
    for row in filter(None, ranges.split(",")):
        named = _ROW.fullmatch(row)
        if named is None:
            raise ValueError("No such folder.")
        found.update(range(int(named[1], 16), int(named[2] or named[1], 16) + 1))
    return frozenset(found)
