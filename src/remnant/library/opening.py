"""Open a library, or make one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType


@dataclass(frozen=True)
class Library:
    """An open library. Use it in a `with`, so that its worker processes end with it; safe to share among threads."""

    path: Path

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError


def open_library(path: Path, now: datetime, *, create: bool = False) -> Library:
    """Open the library at `path`; with `create`, make it if nothing is there.

    RefusedError if it is no library, NewerFormatError if a newer Remnant wrote it.
    """
    raise NotImplementedError
