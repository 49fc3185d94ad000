"""Numbers, times and sizes as people write them: `3`, `2h`, `90s`, `50M`."""

from __future__ import annotations

import re

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_BYTES = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_SLOWEST = 1 << 20


def duration(text: str) -> float:
    """Seconds; ValueError if it is no time, or none at all."""
    found = _measured(text, r"[smhd]?", _SECONDS)
    if found <= 0:
        raise ValueError("No such measure.")
    return found


def rate(text: str) -> int:
    """Bytes a second; ValueError below a MiB: a single read takes that much."""
    found = int(_measured(text, r"[kmg]?", _BYTES))
    if found < _SLOWEST:
        raise ValueError("No such measure.")
    return found


def whole(text: str) -> int:
    """A whole number from one; ValueError for anything else."""
    number = int(text)
    if number < 1:
        raise ValueError("No such number.")
    return number


def _measured(text: str, units: str, worth: dict[str, int]) -> float:
    found = re.fullmatch(rf"([0-9]{{1,12}}(?:\.[0-9]{{1,6}})?)({units})", text.strip().lower(), re.ASCII)
    if found is None:
        raise ValueError("No such measure.")
    return float(found[1]) * worth[found[2]]


whole.__name__ = "whole number above 0"
duration.__name__ = "time such as 90s, 30m or 2h"
rate.__name__ = "rate of at least 1M, such as 50M"
