"""Made-up bytes to be kept: each another, and as long as it is asked to be."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from remnant.keep.sealing import Sealing
from remnant.model import Arrival

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def now() -> datetime:
    return NOW


def text(number: int, size: int) -> bytes:
    """About so many bytes; the same number gives the same bytes."""
    dice = random.Random(number)
    words = b" ".join(b"%x" % dice.getrandbits(24) for _ in range(64))
    head = b"Title: Number %d\n\n" % number
    return (head + (words + b"\n") * (size // len(words) + 1))[: max(size, len(head))]


def sealings(first: int, many: int, size: int) -> Iterator[Sealing]:
    return (sealing(text(number, size), f"{number}.txt") for number in range(first, first + many))


def sealing(data: bytes, name: str = "story.txt") -> Sealing:
    return Sealing(partial(io.BytesIO, data), partial(Arrival, door="file", name=name, at=NOW))
