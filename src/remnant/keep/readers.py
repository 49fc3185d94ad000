"""A reader's own file: the places they keep and what they have seen. Private; never copied unasked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from remnant.keep.folder import Folder
from remnant.model import Spot


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left off in a work, and when."""

    spot: Spot
    at: datetime


class ReaderFile:
    """What one reader keeps. The file is made when something is first kept in it."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self._name = name

    def spots(self) -> Mapping[str, Place]:
        """The newest place in each work, by the work's id."""
        raise NotImplementedError

    def keep(self, work: str, spot: Spot, at: datetime) -> None:
        """Keep this place in the work instead of the one before."""
        raise NotImplementedError

    def seen(self) -> Mapping[str, str]:
        """How far this reader has come in each canon."""
        raise NotImplementedError

    def see(self, canon: str, part: str, at: datetime) -> None:
        """Remember that this reader has seen the canon up to and including this part."""
        raise NotImplementedError
