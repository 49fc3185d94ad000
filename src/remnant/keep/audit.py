"""Is everything here still whole? Every byte against its digest, every promise against the shelf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from remnant.keep.folder import Folder
from remnant.model import Digest


class Grade(StrEnum):
    """`WHOLE`: one original, every byte right and promised. `HARM`: damage. `REMARK`: odd, and nothing is lost."""

    WHOLE = "whole"
    HARM = "harm"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing found. A `WHOLE` one has a digest and the bytes that were read; exactly one per whole original."""

    grade: Grade
    digest: Digest | None
    what: str
    size: int = 0


class Audit:
    """One check of a library. Changes nothing; needs no lock."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    @property
    def total(self) -> int:
        """How many originals there are to check."""
        raise NotImplementedError

    def verdicts(self) -> Iterator[Verdict]:
        """Go through everything once, chains first. Stop whenever you like."""
        raise NotImplementedError
