"""Indexes of their own, for readers from whom something is hidden: the same answers, and nothing of what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from tests.rooms.find.contract import IndexContract
from tests.strategies.find import Looking

from remnant.find import embedded
from remnant.find.port import Eyes, Index, Question


def never() -> bool:
    return False


class SetApart:
    """An index whose every reader is answered from one of their own, made before each question."""

    def __init__(self, folder: Path, index: Index) -> None:
        self._folder, self._index = folder, index

    def __getattr__(self, name: str) -> Callable[..., object]:
        asked = getattr(self._index, name)
        return lambda *args, **named: asked(*map(self._apart, args), **named)

    def _apart(self, given: object) -> object:
        if isinstance(given, Question):
            return replace(given, eyes=cast("Eyes | None", self._apart(given.eyes)))
        if not isinstance(given, Looking):
            return given
        apart = replace(given, apart=True)

        assert embedded.set_apart(self._folder, apart, never)
        assert self._index.is_apart(apart)
        return apart


class EachApart:
    """The embedded engine, asked by readers who are all answered apart."""

    @staticmethod
    def create(folder: Path) -> None:
        embedded.create(folder)

    @staticmethod
    def open_to_read(folder: Path) -> Index:
        return cast("Index", SetApart(folder, embedded.open_to_read(folder)))

    @staticmethod
    def open_to_write(folder: Path) -> Index:
        return cast("Index", SetApart(folder, embedded.open_to_write(folder)))

    making_again = staticmethod(embedded.making_again)


class TestEachApart(IndexContract):
    engine = EachApart()
