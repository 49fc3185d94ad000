"""What comes through a door: something to take in, something refused, something passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Parcel:
    """Bytes at the door. `open` gives a new stream each time it is called and may fail with OSError.

    `name` is as found, beginning with what was named at the door; bytes no encoding explains stay as lone surrogates.
    `inside` names the containers it came out of, outermost first. `door` is `file`, `folder`,
    `zip`, `tar` or `stream`.
    """

    door: str
    name: str
    inside: tuple[str, ...]
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not taken in, and why, as a plain sentence. It stands where it stood."""

    name: str
    inside: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Something passed over because nobody would miss it, and why."""

    name: str
    inside: tuple[str, ...]
    why: str


Coming = Parcel | Refusal | Passed
